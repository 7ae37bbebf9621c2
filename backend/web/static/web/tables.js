/* Dragging a name to a table fills in the form that moves people, and sends it. Without this script the form is enough. */
(() => {
  const form = document.querySelector('#move');
  if (!form) return;
  document.querySelector('#drag-words').hidden = false;

  const move = (party, table) => {
    form.elements.party.value = party;
    form.elements.table.value = table;
    if (form.elements.party.value === party && form.elements.table.value === table) form.requestSubmit();
  };

  const over = (element, on) => element && element.classList.toggle('drop', on);

  for (const item of document.querySelectorAll('li.sitter[draggable=true]')) {
    item.addEventListener('dragstart', event => event.dataTransfer.setData('text/plain', item.dataset.party));
  }
  for (const target of document.querySelectorAll('[data-table]')) {
    target.addEventListener('dragover', event => { event.preventDefault(); over(target, true); });
    target.addEventListener('dragleave', () => over(target, false));
    target.addEventListener('drop', event => {
      event.preventDefault();
      over(target, false);
      move(event.dataTransfer.getData('text/plain'), target.dataset.table);
    });
  }

  /* The drawing: pointer events, so that a finger drags as a mouse does. */
  let held = null;
  let target = null;
  const under = event => {
    const found = document.elementFromPoint(event.clientX, event.clientY);
    return found && found.closest('[data-table]');
  };
  for (const chair of document.querySelectorAll('.chair-taken')) {
    chair.addEventListener('pointerdown', event => {
      held = chair;
      chair.setPointerCapture(event.pointerId);
      chair.classList.add('held');
      event.preventDefault();
    });
    chair.addEventListener('pointermove', event => {
      if (held !== chair) return;
      over(target, false);
      target = under(event);
      over(target, true);
    });
    chair.addEventListener('pointerup', event => {
      if (held !== chair) return;
      const found = under(event);
      over(target, false);
      chair.classList.remove('held');
      held = null;
      if (found && found !== chair.closest('[data-table]')) move(chair.dataset.party, found.dataset.table);
    });
    chair.addEventListener('pointercancel', () => {
      over(target, false);
      chair.classList.remove('held');
      held = null;
    });
  }
})();

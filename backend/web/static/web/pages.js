// Pages work without this file. It keeps panels that refresh themselves calm, and says when the connection is lost.
(() => {
  const shown = new WeakMap();
  const withoutToken = (text) => text.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "");

  // Each panel answers for itself: one that is well again says nothing about the others.
  const unreachable = new Set();
  const refused = new Set();
  const tell = () => {
    document.getElementById("no-connection").hidden = unreachable.size === 0;
    if (refused.size === 0) document.getElementById("refusal").replaceChildren();
  };
  const lost = (event) => { unreachable.add(event.detail.elt); tell(); };
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);
  document.addEventListener("htmx:responseError", (event) => { refused.add(event.detail.elt); });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    unreachable.delete(event.detail.elt);
    refused.delete(event.detail.elt);
    tell();
  });

  // What has not changed is not swapped: focus, selection and screen readers stay where they are.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.isError) return;
    const text = withoutToken(event.detail.serverResponse);
    if (shown.get(event.detail.target) === text) event.detail.shouldSwap = false;
    shown.set(event.detail.target, text);
  });

  // One short sentence is announced, and only when it has become another one.
  document.addEventListener("htmx:afterSwap", (event) => {
    const news = event.detail.target.querySelector("[data-announcement]");
    const announcement = document.getElementById("announcement");
    if (news && announcement.textContent !== news.dataset.announcement) {
      announcement.textContent = news.dataset.announcement;
    }
  });

  // A page to which somebody comes back was answered before what was done since: it asks anew.
  addEventListener("pageshow", (event) => {
    const came = performance.getEntriesByType("navigation")[0]?.type;
    if (!event.persisted && came !== "back_forward" && came !== "reload") return;
    document.querySelectorAll("form[data-asks]").forEach((form) => htmx.trigger(form, "ask"));
  });

  // Who has signed out leaves no list of passengers on this telephone.
  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector("[data-forget-lists]") && "caches" in window) void self.rondjeBus?.forgetPeople();
  });
})();

(() => {
  const bus = self.rondjeBus;
  // A telephone that is too old for this page has it without a script: its forms work by themselves.
  if (!bus || !self.fetch || !self.AbortController || !Element.prototype.replaceChildren) return;
  const page = document.getElementById("manifest");
  const words = JSON.parse(document.getElementById("manifest-words").textContent);
  const url = page.dataset.entries;
  const EVERY = 20000;
  const LEADS_TO = { on_board: "on_board", not_there: "not_there", at_destination: "done", home_inside: "done" };

  bus.useToken(page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");

  let known = { seq: Number(page.dataset.seq), version: Number(page.dataset.version), rides: {} };
  for (const ride of page.querySelectorAll(".ride")) known.rides[ride.dataset.ride] = ride.dataset.state;

  // Where each ride is: as last heard of, and what was ticked here since.
  const statesWith = (ticks) => {
    const said = {};
    for (const { ride, what } of ticks) {
      const own = said[ride] ??= [known.rides[ride]];
      if (what !== "undone") own.push(LEADS_TO[what]);
      else if (own.length > 1) own.pop();
      else own[0] = own[0] === "done" && page.querySelector(`[data-ride="${ride}"]`) ? "on_board" : "planned";
    }
    return { ...known.rides, ...Object.fromEntries(Object.entries(said).map(([ride, own]) => [ride, own[own.length - 1]])) };
  };

  // Who was not there in the morning need not be looked for on the way home.
  const stays = {};
  for (const ride of page.querySelectorAll(".ride[data-there]")) stays[ride.dataset.ride] = ride.dataset.there;
  const hasStayed = (states, ride) => states[stays[ride]] === "not_there" && (states[ride] ?? "planned") === "planned";

  // A trip that was stopped goes to no stop any more, also on a page that was kept from before.
  const isStopped = () => page.dataset.stopped !== undefined;
  const stop = (sentence) => {
    const banner = document.getElementById("stopped");
    if (!banner) return; // a page that was kept before there was such a thing
    const said = banner.querySelector("span span");
    if (said.textContent !== sentence) said.textContent = sentence;
    banner.hidden = !sentence;
    if (sentence) page.dataset.stopped = "yes";
    else delete page.dataset.stopped;
  };

  const show = (states, unsent) => {
    for (const ride of page.querySelectorAll(".ride")) {
      const key = ride.dataset.ride;
      ride.dataset.state = hasStayed(states, key) ? "not_there" : states[key] ?? "planned";
    }
    for (const form of page.querySelectorAll("form.stop-form[data-when]")) {
      form.hidden = !form.dataset.when.split(" ").includes(form.closest(".ride").dataset.state);
    }
    for (const status of page.querySelectorAll("[data-status]")) {
      const ride = status.dataset.status;
      const stayed = hasStayed(states, ride);
      const state = stayed ? "not_there" : states[ride] ?? "planned";
      const isUnsent = !stayed && state === "not_there" && unsent.has(Number(ride));
      const way = status.dataset.way;
      const said = (isStopped() && words.stopped?.[way]?.[state]) || words.states[way][state];
      status.textContent = stayed ? words.stays : isUnsent ? words.unsent : said;
      status.className = `status status-${words.looks[state]}`;
    }
    const stops = [...page.querySelectorAll(".stop")];
    const coming = stops.filter((stop) => {
      const over = stop.dataset.over.split(" ");
      return [...stop.querySelectorAll(".ride")].some((ride) => !over.includes(ride.dataset.state));
    });
    return { stops, coming: isStopped() ? [] : coming };
  };

  // The stop that the bus goes to is open; the others stay as the reader left them unless the bus has moved on.
  let at = page.querySelector(".stop.now");
  let writing = 0;
  let isCutOff = false;
  const draw = async ({ moved = false } = {}) => {
    const ticks = await bus.waiting(url);
    page.dataset.unsent = String(ticks.length + writing);
    const states = statesWith(ticks);
    const unsent = new Set(ticks.filter((tick) => tick.what === "not_there").map((tick) => tick.ride));
    const { stops, coming } = show(states, unsent);
    // Nobody else knows yet that somebody was not there: a telephone without data may still be able to ring.
    const isAlone = [...unsent].some((ride) => states[ride] === "not_there");
    document.getElementById("ring").hidden = !(isAlone && isCutOff);
    const isOld = ticks.length > 0 || known.seq !== Number(page.dataset.seq);
    document.getElementById("not-home")?.toggleAttribute("hidden", isOld);
    for (const stop of stops) {
      stop.classList.toggle("now", stop === coming[0]);
      stop.classList.toggle("next", stop === coming[1]);
    }
    if (coming[0] !== at) {
      if (at) at.querySelector("details").open = false;
      at = coming[0] ?? null;
      const goal = at ?? document.getElementById("close");
      if (at) at.querySelector("details").open = true;
      if (moved) {
        goal.scrollIntoView({ block: "start" });
        (at ? at.querySelector("summary") : goal.querySelector("button"))?.focus({ preventScroll: true });
      }
    }
    return ticks.length;
  };

  const sync = document.getElementById("sync");
  const tell = (text, look, link) => {
    sync.replaceChildren(text);
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = location.href;
      anchor.textContent = ` ${link}`;
      sync.append(anchor);
    }
    sync.className = `sync sync-${look}`;
    sync.hidden = false;
  };
  const count = (sentence, number) => sentence.replace("%(count)s", String(number));
  // Of every list of this telephone: ticks of an earlier link, or of who signs in here, go the same way.
  const inAll = async () => (await bus.all("ticks")).length;
  const tellWaiting = async () => tell(count(bus.isHolding() ? words.held : words.waiting, await inAll()), "waiting");

  const showTold = async () => {
    const section = document.getElementById("told");
    const told = (await bus.all("told")).filter((one) => one.url === url && one.until > Date.now());
    section.querySelector("ul").replaceChildren(...told.map((one) => {
      const item = document.createElement("li");
      item.textContent = one.words;
      return item;
    }));
    section.hidden = told.length === 0;
  };
  document.querySelector("#told button").addEventListener("click", async () => {
    for (const one of await bus.all("told")) if (one.url === url) await bus.remove("told", one.id);
    await showTold();
  });

  const heard = (standing) => {
    known = { seq: standing.seq, version: standing.version, rides: { ...known.rides, ...standing.rides } };
    const isOver = standing.trip !== page.dataset.trip && standing.trip !== "underway";
    document.getElementById("changed").hidden = standing.version === Number(page.dataset.version) && !isOver;
    stop(standing.stopped ?? "");
    if (standing.trip !== "planned") document.getElementById("start")?.remove();
  };

  // One at a time. Who asks meanwhile (a tick was made, the signal is back) may be too late for it: it goes once more.
  let sending = null;
  let isAskedAgain = false;
  const send = () => {
    isAskedAgain = sending !== null;
    return sending ??= sendNow();
  };
  const sendNow = async () => {
    let isSent = false;
    let isReached = true;
    try {
      heard(await bus.send(url));
      isSent = true;
      isCutOff = false;
    } catch (error) {
      isCutOff = true;
      isReached = error instanceof bus.SignedOut || error instanceof bus.Refused;
      const left = (await bus.waiting(url)).length;
      if (error instanceof bus.SignedOut) tell(count(words.signed_out, left), "waiting", words.sign_in);
      else if (left > 0) await tellWaiting();
    } finally {
      sending = null;
    }
    if (isAskedAgain) return send();
    await draw();
    if (isReached) await bus.sendAll().catch(() => {});
    const left = await draw();
    const elsewhere = await inAll() - left;
    if (isSent && left === 0 && elsewhere === 0) tell(words.sent, "sent");
    else if (isSent && left === 0) tell(count(words.elsewhere, elsewhere), "waiting");
    await showTold();
    return isSent && left === 0;
  };

  const inBackground = async () => {
    try {
      await (await navigator.serviceWorker.ready).sync.register("rondje-bus");
    } catch {
      // Where the browser has no such thing, the page sends when it is open.
    }
  };

  // What this script cannot do is sent as it would be without one.
  const sendPlainly = (form, given) => {
    for (const old of form.querySelectorAll("input[name=ride], input[name=what]")) old.remove();
    for (const [name, value] of given) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    form.submit();
  };

  const tickAll = async (what, rides) => {
    writing += rides.length;
    page.dataset.unsent = String(writing);
    for (const ride of rides) {
      await bus.tick(url, Number(ride.dataset.ride), what, Number(page.dataset.version));
      writing -= 1;
    }
    await draw({ moved: what !== "undone" });
    await tellWaiting();
    void inBackground();
    await send();
    if (Number(page.dataset.unsent) > 0 && navigator.onLine) void send();
  };

  page.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.matches("form.stop-form")) {
      event.preventDefault();
      const what = form.querySelector("button[name=what]").value;
      const rides = form.dataset.only
        ? [...form.closest(".stop").querySelectorAll(".ride")].filter((ride) => ride.dataset.state === form.dataset.only)
        : [form.closest(".ride")];
      try {
        await tickAll(what, rides);
      } catch {
        sendPlainly(form, [["what", what], ...rides.map((ride) => ["ride", ride.dataset.ride])]);
      }
    } else if (form.matches("#start, #close form")) {
      event.preventDefault();
      if (await send()) form.submit();
      else tell(form.id === "start" ? words.no_signal : words.cannot_close, "waiting");
    }
  });

  // What a page that was kept does not know: how the trip stood when it was last heard of.
  const begin = async () => {
    const last = (await bus.all("standing")).find((one) => one.url === url);
    if (last && (last.seq > known.seq || last.version > known.version)) heard(last);
    await draw();
    await showTold();
    if (await inAll() > 0) await tellWaiting();
    page.dataset.ready = "yes";
    await send();
  };

  const keep = async () => {
    await navigator.serviceWorker.register(page.dataset.worker);
    await bus.forget();
    const own = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")];
    for (const asset of own.map((one) => one.href ?? one.src)) {
      if (new URL(asset).origin === location.origin) await bus.keepAsset(asset, await fetch(asset));
    }
    await bus.keepPage(location.href, await fetch(location.href, { redirect: "error" }));
    page.dataset.kept = "yes";
  };

  void begin();
  if ("serviceWorker" in navigator) keep().catch(() => {});
  addEventListener("online", () => void send());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) void send(); });
  setInterval(() => void send(), EVERY);
})();

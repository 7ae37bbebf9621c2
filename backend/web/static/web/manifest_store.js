// What a telephone keeps of the bus: ticks that wait to be sent, how the trip stood when it was last heard of, and the
// page itself until its day is over. Used by the page and by the worker. Ticks hold keys, codes and times: no names.
self.rondjeBus = (() => {
  const LISTS = "rondje-bus-lists";
  const UNTIL = "X-Rondje-Until";
  const AT_ONCE = 100;
  const PATIENCE = 15000;
  const STORE_PATIENCE = 4000;
  const REST = 20000;

  let opening = null;
  const opened = () => opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("rondje-bus", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("ticks", { keyPath: "n", autoIncrement: true });
      request.result.createObjectStore("told", { keyPath: "id" });
      request.result.createObjectStore("standing", { keyPath: "url" });
    };
    request.onsuccess = () => {
      request.result.onclose = () => { opening = null; };
      request.result.onversionchange = () => { request.result.close(); opening = null; };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    setTimeout(() => reject(new Error("The store does not open.")), STORE_PATIENCE);
  });

  const attempt = async (name, mode, work) => {
    const transaction = (await opened()).transaction(name, mode, { durability: "strict" });
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        // After a pocket's sleep the alarm may be earlier than the news that all is kept: that cannot be broken off.
        try { transaction.abort(); } catch { return; }
        reject(new Error("The store does not answer."));
      }, STORE_PATIENCE);
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => { clearTimeout(late); resolve(request?.result); };
      transaction.onerror = transaction.onabort = () => { clearTimeout(late); reject(transaction.error); };
    });
  };
  // A telephone that was in a pocket may have lost its connection to the store: it is opened once more.
  let resting = 0;
  const within = async (name, mode, work) => {
    if (Date.now() < resting) throw new Error("The store did not answer just now.");
    const began = Date.now();
    try {
      return await attempt(name, mode, work);
    } catch {
      opening = null;
      if (Date.now() - began >= STORE_PATIENCE) resting = Date.now() + REST;
      return attempt(name, mode, work);
    }
  };

  // Where a telephone keeps nothing (a private window, a full disk), this is held as long as the page is open.
  const held = { ticks: new Map(), told: new Map(), standing: new Map() };
  let made = 0;
  const keyOf = { ticks: (row) => row.n ?? `held-${made += 1}`, told: (row) => row.id, standing: (row) => row.url };
  const put = async (name, row) => {
    try {
      await within(name, "readwrite", (rows) => rows.put(row));
    } catch {
      const key = keyOf[name](row);
      held[name].set(key, name === "ticks" ? { ...row, n: key } : row);
    }
  };
  // What was read last stands while the store does not answer, but for what has gone since.
  const read = { ticks: [], told: [], standing: [] };
  const gone = new Set();
  const all = async (name) => {
    read[name] = await within(name, "readonly", (rows) => rows.getAll()).catch(() => read[name]);
    return [...read[name], ...held[name].values()].filter((row) => !gone.has(keyOf[name](row)));
  };
  const remove = async (name, key) => {
    held[name].delete(key);
    gone.add(key);
    await within(name, "readwrite", (rows) => rows.delete(key)).catch(() => {});
  };
  const keepHeld = async () => {
    for (const [key, { n: _held, ...row }] of [...held.ticks]) {
      try {
        await within("ticks", "readwrite", (rows) => rows.put(row));
      } catch {
        return;
      }
      held.ticks.delete(key);
    }
  };

  const key = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

  const waiting = async (url) => (await all("ticks")).filter((tick) => tick.url === url);
  const tick = (url, ride, what, version) =>
    put("ticks", { url, id: key(), ride, what, version, at: new Date().toISOString() });

  class SignedOut extends Error {}
  class Refused extends Error {}

  let token = "";
  const ask = async (url, init = {}) => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), PATIENCE);
    const answer = await fetch(url, {
      redirect: "manual", credentials: "same-origin", cache: "no-store", signal: stop.signal, ...init,
    });
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignedOut();
    if (answer.status === 403) return null;
    if (!answer.ok) throw new Refused(String(answer.status));
    return answer.json();
  };

  const renewed = async (url) => {
    const standing = await ask(url);
    if (standing === null) throw new SignedOut();
    token = standing.csrf;
    return standing;
  };

  const post = async (url, ticks) => {
    const body = JSON.stringify({
      device_now: new Date().toISOString(),
      entries: ticks.map(({ id, ride, what, at, version }) => ({ id, ride, what, at, version })),
    });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    return ask(url, { method: "POST", headers, body });
  };

  // Sends what waits for an address, the oldest first. What was not answered stays. Raises when there is no signal.
  const send = async (url) => {
    await keepHeld();
    let standing = token ? null : await renewed(url);
    for (let ticks = await waiting(url); ticks.length > 0; ticks = await waiting(url)) {
      const batch = ticks.slice(0, AT_ONCE);
      let answered = await post(url, batch);
      if (answered === null) {
        await renewed(url);
        answered = await post(url, batch);
      }
      if (answered === null) throw new SignedOut();
      const until = Date.now() + answered.told_for * 1000;
      // The page and the worker may send the same. Whoever hears of it later tells it no more: it may have been read.
      const untold = new Set((await waiting(url)).map((one) => one.id));
      for (const answer of answered.answers) {
        if (answer.words && untold.has(answer.id)) await put("told", { id: answer.id, url, words: answer.words, until });
      }
      const settled = new Set(answered.answers.map((answer) => answer.id));
      const done = batch.filter((one) => settled.has(one.id));
      for (const one of done) await remove("ticks", one.n);
      standing = answered;
      if (done.length === 0) break;
    }
    standing ??= await renewed(url);
    const { seq, version, rides, trip, stopped } = standing;
    await put("standing", { url, seq, version, rides, trip, stopped });
    return standing;
  };

  // An address that fails keeps no other from being sent; raises afterwards, so that it is tried again.
  const sendAll = async () => {
    const urls = new Set((await all("ticks")).map((one) => one.url));
    let failed = null;
    for (const url of urls) await send(url).catch((error) => { failed = error; });
    if (failed) throw failed;
  };

  // Pages name people: each is kept until its own day is over, counted by this telephone's clock from when it came.
  const keepPage = async (url, answer) => {
    const seconds = answer.headers.get("X-Rondje-Keep-Seconds");
    if (!answer.ok || seconds === null) return;
    if (Number(seconds) <= 0) return void await drop(url);
    const lists = await caches.open(LISTS);
    const headers = { "Content-Type": "text/html; charset=utf-8", [UNTIL]: String(Date.now() + seconds * 1000) };
    await lists.put(url, new Response(await answer.blob(), { headers }));
  };
  const keepAsset = async (url, answer) => {
    if (answer.ok) await (await caches.open(LISTS)).put(url, answer);
  };
  const kept = async (url) => {
    await forget();
    return (await caches.open(LISTS)).match(url, { ignoreSearch: true });
  };
  const drop = async (url) => (await caches.open(LISTS)).delete(url, { ignoreSearch: true });
  const forget = async () => {
    for (const one of await all("told")) if (!(one.until > Date.now())) await remove("told", one.id);
    const lists = await caches.open(LISTS);
    for (const request of await lists.keys()) {
      const until = Number((await lists.match(request))?.headers.get(UNTIL) ?? Infinity);
      if (until <= Date.now()) await lists.delete(request);
    }
  };

  // What names people goes; ticks that wait to be sent hold no names, and stay.
  const forgetPeople = async () => {
    await caches.delete(LISTS).catch(() => {});
    for (const one of await all("told")) await remove("told", one.id);
  };

  return {
    forgetPeople, LISTS, SignedOut, Refused, all, put, remove, tick, waiting, send, sendAll, keepPage, keepAsset, kept, drop, forget,
    isHolding: () => held.ticks.size > 0,
    useToken: (fresh) => { token = fresh; },
  };
})();

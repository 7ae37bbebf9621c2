// Keeps the lists of the bus on a telephone, so that they open without signal, and sends ticks when signal is back.
importScripts("../static/web/manifest_store.js");

const bus = self.rondjeBus;
const LIST = /\/bus\/(trips\/\d+\/manifest|m\/[^/]+)\/$/;
const ASSET = /\/static\/web\//;
const PATIENCE = 6000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), bus.forget()])));
self.addEventListener("sync", (event) => event.waitUntil(bus.sendAll()));

const inTime = (promise) => Promise.race([
  promise, new Promise((_resolve, reject) => { setTimeout(() => reject(new Error("slow")), PATIENCE); }),
]);

// A telephone that is full keeps nothing, and shows the list all the same.
const kept = (request) => bus.kept(request.url).catch(() => undefined);
const keep = async (url, fresh) => {
  if (fresh.ok) await bus.keepPage(url, fresh.clone());
  else if (fresh.status === 404 || fresh.status === 403) await bus.drop(url);
};

const list = async (request) => {
  try {
    const fresh = await inTime(fetch(request));
    // A server or proxy that fails says nothing about the trip.
    if (fresh.status >= 500) return await kept(request) ?? fresh;
    await keep(request.url, fresh).catch(() => {});
    return fresh;
  } catch {
    return await kept(request) ?? fetch(request);
  }
};

const asset = async (request) => {
  const known = await kept(request);
  const fresh = fetch(request).then(async (answer) => {
    await bus.keepAsset(request.url, answer.clone()).catch(() => {});
    return answer;
  });
  if (!known) return fresh;
  fresh.catch(() => {});
  return known;
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && LIST.test(url.pathname)) event.respondWith(list(request));
  else if (ASSET.test(url.pathname)) event.respondWith(asset(request));
});

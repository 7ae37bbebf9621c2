// Shows the town's telephones as they are, and lets a person use one.
import { language, translatePage, word } from "./words.js";

const KEYS = [..."123456789*0#"];
const RETRY_MS = 2000;
const CLOCK_MS = 1000;

const cards = new Map();
let clock = null;
let ownNumbers = [];

const byId = (id) => document.getElementById(id);

async function ask(path, options = {}) {
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}

function pretty(number) {
  return number.replace(/^(\+31)(6|\d{2})(\d+)$/, (_, country, area, rest) =>
    `${country} ${area} ${rest.replace(/(\d{3,4})(?=\d{3,4}$)/, "$1 ")}`);
}

function nameOf(number) {
  return ownNumbers.find((own) => own.number === number)?.name ?? pretty(number);
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

async function act(number, action, body) {
  const card = cards.get(number);
  const complaint = card.querySelector(".complaint");
  complaint.hidden = true;
  try {
    await ask(`/town/phones/${encodeURIComponent(number)}/${action}?by=person`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body ?? {}),
    });
  } catch (error) {
    complaint.textContent = error.message;
    complaint.hidden = false;
  }
  await Promise.all([showPhones(), readClock()]);
}

function newCard(phone) {
  const card = byId("phone").content.firstElementChild.cloneNode(true);
  translatePage(card);
  const keypad = card.querySelector(".keypad");
  keypad.setAttribute("aria-label", word("keys", phone.display));
  for (const key of KEYS) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = key;
    button.addEventListener("click", () => act(phone.number, "press", { digits: key }));
    keypad.append(button);
  }
  for (const button of card.querySelectorAll("[data-act]")) {
    button.addEventListener("click", () => act(phone.number, button.dataset.act));
  }
  card.querySelector(".take-over").addEventListener("click", () => {
    card.dataset.takenOver = "";
    card.querySelector(".keypad").hidden = false;
    card.querySelector(".take-over").hidden = true;
    card.querySelector(".keypad button").focus();
  });
  card.querySelector(".reply").addEventListener("submit", (event) => {
    event.preventDefault();
    const input = event.target.elements.body;
    const body = input.value.trim();
    const to = card.dataset.lastSender;
    if (body && to) act(phone.number, "text", { to, body });
    input.value = "";
  });
  return card;
}

function nameButtons(card, phone) {
  for (const button of card.querySelectorAll(".actions button")) {
    button.setAttribute("aria-label", `${button.textContent}: ${phone.display}`);
  }
}

function showRingIn(card, phone) {
  const place = card.querySelector(".ring-in");
  const wanted = phone.state === "rest" ? ownNumbers.map((own) => own.number + own.name).join() : "";
  if (place.dataset.shown === wanted) return;
  place.dataset.shown = wanted;
  place.replaceChildren(...(wanted ? ownNumbers : []).map((own) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word("ring", nameOf(own.number));
    button.addEventListener("click", () => act(phone.number, "ring-in", { to: own.number }));
    return button;
  }));
}

function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) => {
    if (index % 2 === 0) return part;
    const link = document.createElement("a");
    link.href = part;
    link.textContent = part;
    link.target = "_blank";
    link.rel = "noopener";
    return link;
  });
}

function showTexts(card, phone) {
  const box = card.querySelector(".texts");
  const shown = Number(box.dataset.shown ?? 0);
  if (shown === phone.texts.length) return;
  box.dataset.shown = phone.texts.length;
  box.hidden = phone.texts.length === 0;
  setText(box.querySelector(".count"), String(phone.texts.length));
  card.dataset.lastSender = phone.texts.at(-1)?.from ?? "";
  box.querySelector(".text-list").replaceChildren(...phone.texts.map((text) => {
    const item = document.createElement("li");
    const time = document.createElement("time");
    time.dateTime = text.at;
    time.textContent = `${townTime(new Date(text.at), { hour: "2-digit", minute: "2-digit" })} ${word("from", nameOf(text.from))}`;
    item.append(time, ...linked(text.body));
    return item;
  }));
}

function showPhone(phone) {
  let card = cards.get(phone.number);
  if (!card) {
    card = newCard(phone);
    cards.set(phone.number, card);
    byId("phones").append(card);
  }
  const answered = phone.state === "talking" || phone.state === "listening";
  const live = answered || phone.state === "ringing" || phone.state === "calling";
  card.dataset.state = phone.state;
  setText(card.querySelector(".name"), phone.display);
  setText(card.querySelector(".number"), pretty(phone.number));
  card.querySelector(".icon use").setAttribute("href", `#icon-${phone.state}`);
  setText(card.querySelector(".state-words"), word(phone.state, nameOf(phone.with ?? "")));
  const said = card.querySelector(".said");
  said.hidden = !(answered && phone.last_heard && phone.state !== "talking");
  setText(said.firstElementChild, phone.last_heard ?? "");
  card.querySelector("[data-act='pick-up']").hidden = phone.state !== "ringing";
  const hangUp = card.querySelector("[data-act='hang-up']");
  hangUp.hidden = !live;
  setText(hangUp, word(phone.state === "ringing" ? "decline" : "hang_up"));
  if (!live) delete card.dataset.takenOver;
  const keysShown = answered && (phone.by_hand || "takenOver" in card.dataset);
  card.querySelector(".keypad").hidden = !keysShown;
  card.querySelector(".take-over").hidden = !answered || keysShown;
  showRingIn(card, phone);
  nameButtons(card, phone);
  showTexts(card, phone);
}

async function showPhones() {
  const [phones, numbers] = await Promise.all([ask("/town/phones"), ask("/town/numbers")]);
  ownNumbers = numbers;
  const present = new Set(phones.map((phone) => phone.number));
  for (const [number, card] of cards) {
    if (present.has(number)) continue;
    card.remove();
    cards.delete(number);
  }
  phones.forEach(showPhone);
  byId("empty").hidden = phones.length > 0;
  const count = (state) => phones.filter((phone) => phone.state === state).length;
  setText(byId("summary"), phones.length ? word("summary", phones.length, count("ringing"), count("talking")) : "");
}

function townTime(moment, parts) {
  const locale = language === "en" ? "en-GB" : "nl-NL";
  return new Intl.DateTimeFormat(locale, { timeZone: clock?.timezone ?? "Europe/Amsterdam", ...parts }).format(moment);
}

async function readClock() {
  const asked = Date.now();
  clock = await ask("/town/clock");
  clock.taken = (asked + Date.now()) / 2;
}

function showClock() {
  if (!clock) return;
  const now = new Date(clock.now * 1000 + (Date.now() - clock.taken) * clock.rate);
  const parts = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", second: "2-digit" };
  setText(byId("now"), townTime(now, parts));
  const rate = Math.round(clock.rate * 10) / 10;
  setText(byId("rate"), rate === 0 ? word("frozen") : rate === 1 ? word("rate_real") : word("rate", rate));
}

async function follow() {
  let after = 0;
  for (;;) {
    try {
      const entries = await ask(`/town/journal?after=${after}&wait=${after ? 25 : 0}`);
      after = entries.at(-1)?.n ?? after;
      await showPhones();
      byId("trouble").hidden = true;
      await new Promise((done) => setTimeout(done, after ? 250 : 1000));
    } catch {
      byId("trouble").textContent = word("unreachable");
      byId("trouble").hidden = false;
      after = 0;
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }
}

function prepare() {
  document.documentElement.lang = language;
  document.title = word("title");
  translatePage(document);
  if (language === "en") {
    Object.assign(byId("language"), { href: "?lang=nl", lang: "nl", hreflang: "nl", textContent: "Nederlands" });
  }
  setInterval(() => readClock().catch(() => {}), CLOCK_MS);
  setInterval(showClock, 250);
  readClock().then(showClock).catch(() => {});
}

prepare();
follow();

// The page's words, Dutch and English.
const WORDS = {
  nl: {
    title: "De telefoons van het stadje",
    lead: "Dit is een nagespeeld stadje: er wordt nergens echt gebeld. Neem zelf een telefoon op, of kijk toe.",
    demo_time: "Demotijd",
    empty: "Er woont nog niemand in dit stadje. Zodra het scenario begint, staan hier de telefoons.",
    pick_up: "Opnemen",
    decline: "Weigeren",
    hang_up: "Ophangen",
    take_over: "Zelf toetsen",
    ring: "Bel {0}",
    texts: "Berichten",
    reply: "Antwoord",
    send: "Stuur",
    keys: "Toetsen van {0}",
    from: "van {0}",
    rate: "({0}× zo snel als echt)",
    rate_real: "(even snel als echt)",
    frozen: "(de klok staat stil)",
    unreachable: "De simulator antwoordt niet. Deze pagina probeert het steeds opnieuw.",
    summary: "Telefoons: {0} · gaat over: {1} · in gesprek: {2}",
    rest: "Ligt op de haak",
    ringing: "Gaat over: {0} belt",
    calling: "Belt {0}",
    talking: "In gesprek met {0}",
    listening: "Luistert naar {0}",
    off: "Staat uit",
  },
  en: {
    title: "The town's telephones",
    lead: "This is a simulated town: nobody is really being rung. Pick up a telephone yourself, or just watch.",
    demo_time: "Demo time",
    empty: "Nobody lives in this town yet. The telephones appear as soon as the scenario starts.",
    pick_up: "Pick up",
    decline: "Decline",
    hang_up: "Hang up",
    take_over: "Press keys yourself",
    ring: "Ring {0}",
    texts: "Texts",
    reply: "Reply",
    send: "Send",
    keys: "Keys of {0}",
    from: "from {0}",
    rate: "({0} times as fast as real)",
    rate_real: "(as fast as real)",
    frozen: "(the clock stands still)",
    unreachable: "The simulator does not answer. This page keeps trying.",
    summary: "Telephones: {0} · ringing: {1} · in a conversation: {2}",
    rest: "On the hook",
    ringing: "Ringing: call from {0}",
    calling: "Ringing {0}",
    talking: "Talking with {0}",
    listening: "Listening to {0}",
    off: "Switched off",
  },
};

export const language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "nl";

export function word(name, ...values) {
  return WORDS[language][name].replace(/\{(\d)\}/g, (_, index) => values[index] ?? "");
}

export function translatePage(root) {
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
}

/* The list at the door: finds names as they are typed, checks people in by a tap, and says
   what is not sent yet. Without this script the page is an ordinary form. */
(() => {
  "use strict";
  const EVERY = 4000;
  const DOUBLE_TAP = 600;
  const queue = window.doorQueue;
  const box = document.querySelector("[data-door]");
  const list = box.querySelector("[data-people]");
  const field = box.querySelector("[name=q]");
  const trouble = box.querySelector("[data-trouble]");
  const walkIn = box.querySelector("[data-walk-in]");
  const people = new Map();
  const cancelled = new Set();
  let known = Number(box.dataset.last);
  let tapped = { at: 0, button: null };
  let misread = "";

  function fold(text) {
    const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const spaced = plain.replace(/[^\p{L}\p{N}]+/gu, " ");
    return `${spaced} ${plain.replace(/[^\p{L}\p{N}\s]+/gu, "")}`;
  }

  function enter(id, button, state) {
    const name = button.querySelector("[data-name]").textContent;
    const found = fold(button.querySelector(".door-who").textContent);
    people.set(id, { id, name, found, state, button, row: button.parentElement });
  }

  /* A row for whom the page came without; by name, among the others. */
  function insert({ id, name, organisation, reference }, state) {
    const row = box.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
    const button = row.querySelector("button");
    button.dataset.id = id;
    button.dataset.reference = reference || "";
    button.querySelector("[data-name]").textContent = name || box.dataset.noName;
    const about = [organisation, reference].filter(Boolean).join(" · ");
    button.querySelector("[data-about]").textContent = about;
    enter(String(id), button, state);
    const after = [...list.children].find(
      (other) => name.localeCompare(other.querySelector("[data-name]").textContent) < 0,
    );
    list.insertBefore(row, after || null);
  }

  function about(word) {
    return String(word.registration || word.walk_in || word.key);
  }

  /* What the site knows, with what this device has still to say on top. */
  function standing(words) {
    const states = new Map([...people].map(([id, one]) => [id, one.state]));
    for (const word of words) {
      states.set(about(word), word.action === "in" ? "in" : "due");
    }
    return states;
  }

  function paint() {
    const { words } = queue.read();
    for (const word of words) {
      if (word.sector && !people.has(word.key)) insert({ ...word, id: word.key }, "in");
    }
    const waiting = new Set(words.map(about));
    for (const one of people.values()) {
      const isSent = one.id.includes("-") && !waiting.has(one.id);
      if (isSent || one.state === "left") {
        one.row.remove();
        people.delete(one.id);
      }
    }
    const states = standing(words);
    for (const one of people.values()) show(one, states.get(one.id));
    const inside = [...states.values()].filter((state) => state === "in").length;
    const due = [...states.values()].filter((state) => state === "due").length;
    box.querySelector("[data-inside]").textContent = inside;
    box.querySelector("[data-expected]").textContent = inside + due;
    box.querySelector("[data-unsent-box]").hidden = words.length === 0;
    const said = `${box.dataset.unsent} ${words.length}`;
    const line = box.querySelector("[data-unsent-said]");
    if (line.textContent !== said) line.textContent = said;
    narrow();
  }

  function show(one, state) {
    one.shown = state;
    one.button.dataset.state = state;
    one.button.setAttribute("aria-pressed", String(state === "in"));
  }

  function narrow() {
    const parts = fold(field.value).split(" ").filter(Boolean);
    let fits = 0;
    for (const one of people.values()) {
      one.row.hidden = !parts.every((part) => one.found.includes(part));
      if (!one.row.hidden) fits += 1;
    }
    box.querySelector("[data-nobody]").hidden = fits > 0;
  }

  function speak(text) {
    box.querySelector("[data-spoken]").textContent = text;
  }

  function complain(text) {
    trouble.hidden = !text;
    trouble.firstElementChild.textContent = text;
  }

  function toggle(one) {
    const undo = one.shown === "in";
    const word = { action: undo ? "undo" : "in" };
    if (one.id.includes("-")) word.walk_in = one.id;
    else word.registration = Number(one.id);
    if (one.shown === "gone") word.let_in = true;
    cancelled.delete(one.id);
    queue.add(word);
    speak(`${undo ? box.dataset.isOut : box.dataset.isIn} ${one.name}`);
    paint();
    talk();
  }

  /* Those that are gone, though this device has just let them in, are named. */
  function note({ words, sent, states }) {
    for (const word of sent) {
      const id = String(words[word.key] || about(word));
      const state = states[id];
      if (word.action === "in" && state !== "in" && state !== "due") cancelled.add(id);
    }
    const names = [...cancelled].map((id) => people.get(id)).filter(Boolean);
    const who = names.map((one) => one.name).join(", ");
    const gone = who && `${box.dataset.cancelled} ${who}`;
    complain([gone, misread].filter(Boolean).join(" "));
  }

  function learn(told) {
    for (const one of told.people) {
      if (!people.has(String(one.id))) insert(one, told.states[one.id]);
      known = Math.max(known, one.id);
    }
    for (const one of people.values()) {
      if (!one.id.includes("-")) one.state = told.states[one.id] || "left";
    }
    /* Somebody is back whom this page never had. */
    if (Object.keys(told.states).some((id) => !people.has(id))) known = 0;
  }

  async function talk() {
    const told = await queue.send(known);
    if (told && told.trouble) complain(told.trouble);
    if (told && told.states) {
      learn(told);
      note({ words: {}, sent: [], ...told });
    }
    paint();
    return told;
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const again = tapped.button === button;
    if (again && event.timeStamp - tapped.at < DOUBLE_TAP) return;
    tapped = { at: event.timeStamp, button };
    toggle(people.get(button.dataset.id));
  });

  walkIn.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = event.target.elements.name.value.trim();
    queue.add({ action: "in", name, sector: event.submitter.value });
    speak(`${box.dataset.isIn} ${name || box.dataset.noName}`);
    event.target.reset();
    walkIn.open = false;
    walkIn.querySelector("summary").focus();
    field.value = "";
    paint();
    talk();
  });
  walkIn.addEventListener("toggle", () => {
    const name = walkIn.querySelector("[name=name]");
    if (walkIn.open && !name.value) name.value = field.value;
  });

  field.addEventListener("input", narrow);
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fits = [...people.values()].filter((one) => !one.row.hidden);
    if (field.value && fits.length === 1 && fits[0].shown !== "in") toggle(fits[0]);
    field.select();
  });

  /* Of a ticket, as door_scan.js read it: its token begins with the reference. */
  document.addEventListener("door:scanned", (event) => {
    const [, coded] = event.detail.match(/\/ticket\/([\w-]+):/) || [];
    let reference = null;
    try {
      reference = JSON.parse(atob(coded.replace(/-/g, "+").replace(/_/g, "/")));
    } catch {
      /* Some other code. */
    }
    const one = [...people.values()].find(
      ({ button }) => button.dataset.reference && button.dataset.reference === reference,
    );
    misread = one ? "" : box.dataset.notKnown;
    complain(misread);
    if (one && one.shown !== "in") toggle(one);
    else if (one) speak(`${box.dataset.isIn} ${one.name}`);
    if (one) field.value = reference;
    narrow();
  });

  /* Whoever leaves the page leaves no names on the device, once all is sent. */
  async function clear() {
    queue.forget();
    if (window.caches) await caches.delete(`dolen-door-${location.pathname}`);
  }
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey;
    if (!link || !isPlain || link.hash || queue.read().words.length) return;
    event.preventDefault();
    await clear();
    location.assign(link.href);
  });
  document.querySelector(".header form")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    await talk();
    if (queue.read().words.length) {
      complain(box.dataset.stay);
      return;
    }
    await clear();
    event.target.submit();
  });

  async function keepPage() {
    await navigator.serviceWorker.register(box.dataset.worker);
    const { active } = await navigator.serviceWorker.ready;
    const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
    active.postMessage([...parts].map((part) => part.href || part.src));
  }

  for (const button of list.querySelectorAll("button")) {
    enter(button.dataset.id, button, button.dataset.state);
  }
  const before = queue.read();
  if (before.states) learn(before);
  box.querySelector("[data-find-button]").hidden = true;
  paint();
  talk();
  setInterval(() => {
    if (document.visibilityState === "visible") talk();
  }, EVERY);
  addEventListener("online", talk);
  addEventListener("storage", paint);
  if (navigator.serviceWorker) keepPage().catch(() => {});
})();

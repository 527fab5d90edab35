/* What this device has to say, kept on it until the site has it: each word with a key of
   its own, so that it may be sent twice and counts once. And what the site last said, for
   a reload without a network. `doorQueue` is what door.js works with. */
window.doorQueue = (() => {
  "use strict";
  const AT_ONCE = 200;
  const PATIENCE = 10000;
  const box = document.querySelector("[data-door]");
  const place = `dolen-door-${box.dataset.door}`;
  const nothing = { words: [], ahead: 0, last: 0, states: null, people: [] };
  let memory = null;
  let pending = null;

  /* Read anew each time: another tab of this door may have written. */
  function read() {
    try {
      return { ...nothing, ...JSON.parse(localStorage.getItem(place)) };
    } catch {
      return { ...nothing, ...memory };
    }
  }

  function change(parts) {
    memory = { ...read(), ...parts };
    try {
      localStorage.setItem(place, JSON.stringify(memory));
    } catch {
      /* It is kept for as long as the page is open. */
    }
  }

  function forget() {
    memory = null;
    localStorage.removeItem(place);
  }

  /* By the site's clock as last heard, and never before an earlier word. */
  function moment() {
    const { ahead, last } = read();
    const at = Math.max(Date.now() - ahead, last + 1);
    change({ last: at });
    return new Date(at).toISOString();
  }

  /* As crypto.randomUUID, which a page without https lacks. */
  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function add(word) {
    const whole = { key: newKey(), at: moment(), ...word };
    change({ words: [...read().words, whole] });
    return whole;
  }

  function token() {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    const field = document.querySelector("[name=csrfmiddlewaretoken]");
    return cookie ? cookie[1] : field.value;
  }

  function request(words, known) {
    const address = words.length ? box.dataset.said : box.dataset.news;
    const options = { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) };
    if (words.length) {
      options.method = "POST";
      options.headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
      options.body = JSON.stringify(words);
    }
    return fetch(`${address}?known=${known}`, options);
  }

  /* What the site answered to `words`: {states, people, whose} or {trouble}; null where
     it cannot be reached. */
  async function ask(known) {
    const words = read().words.slice(0, AT_ONCE);
    const asked = Date.now();
    let answer;
    try {
      answer = await request(words, known);
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        return { trouble: box.dataset.signedOut };
      }
      if (answer.status >= 500) return null;
      answer = await answer.json();
    } catch {
      return null;
    }
    if (answer.error) return { trouble: answer.error };
    const sent = new Set(words.map((word) => word.key));
    change({
      words: read().words.filter((word) => !sent.has(word.key)),
      ahead: Math.round((asked + Date.now()) / 2) - answer.now,
      states: answer.states,
      people: answer.people,
    });
    return { ...answer, sent: words };
  }

  /* One after the other, so that what is sent arrives in order. */
  async function send(known) {
    while (pending) await pending;
    pending = ask(known);
    const told = await pending;
    pending = null;
    return told;
  }

  return { read, add, send, forget };
})();

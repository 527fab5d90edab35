/* Keeps what is typed in a form with data-keep: every few seconds, when the page is left,
   and before it is saved. Says that it is open, too, so that others see it. Without this
   script the form is an ordinary one. */
(() => {
  "use strict";
  const EVERY = 3000;
  const OPEN_EVERY = 30000;
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const said = form.querySelector("[data-kept]");
  const others = document.querySelector("[data-others]");
  let last = text();
  let known = last;
  let pending = null;
  let leaving = false;
  let lost = false;

  function body() {
    const data = new FormData(form);
    data.set("csrfmiddlewaretoken", token());
    return data;
  }

  /* All that is typed, as one string, to tell whether it changed. */
  function text() {
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    return JSON.stringify([...data]);
  }

  /* Signing in again in another window makes a new one. */
  function token() {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    const field = form.elements.csrfmiddlewaretoken;
    return cookie ? cookie[1] : field.value;
  }

  function tell(sentences) {
    const before = [...others.children].map((line) => line.textContent);
    if (JSON.stringify(before) === JSON.stringify(sentences)) return;
    others.replaceChildren(
      ...sentences.map((sentence) => {
        const line = document.createElement("p");
        line.textContent = sentence;
        return line;
      }),
    );
    others.hidden = sentences.length === 0;
  }

  /* Without a word of what is typed; where it fails, keeping says why. */
  async function open() {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", token());
    data.set("seen", form.elements.seen.value);
    try {
      const answer = await fetch(form.dataset.open, {
        method: "POST",
        body: data,
        redirect: "manual",
      });
      if (answer.ok) tell((await answer.json()).others);
    } catch {
      /* The site cannot be reached: the next time will do. */
    }
  }

  /* One after the other: an older text must not come in after a newer one. */
  async function keep() {
    while (pending) await pending;
    pending = post();
    const done = await pending;
    pending = null;
    return done;
  }

  /* True where the server has it. */
  async function post() {
    const typed = text();
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: body(),
        redirect: "manual",
      });
      lost = !answer.ok;
      if (answer.ok) {
        const told = await answer.json();
        said.textContent = told.kept;
        tell(told.others);
        last = typed;
      } else {
        said.textContent = form.dataset.signedOut;
      }
    } catch {
      lost = true;
      said.textContent = form.dataset.offline;
    }
    return !lost;
  }

  function keepLeaving() {
    if (leaving || text() === last) return;
    fetch(form.dataset.keep, { method: "POST", body: body(), keepalive: true }).catch(
      () => {},
    );
  }

  setInterval(() => {
    if (!pending && !leaving && text() !== last) keep();
  }, EVERY);
  open();
  setInterval(() => {
    if (!leaving) open();
  }, OPEN_EVERY);
  addEventListener("pagehide", keepLeaving);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keepLeaving();
  });
  addEventListener("beforeunload", (event) => {
    if (lost && !leaving && text() !== known) event.preventDefault();
  });
  addEventListener("pageshow", () => {
    leaving = false;
  });

  /* Saved only once it is kept: whoever is signed out stays here, with the words. */
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    if (!(await keep())) {
      leaving = false;
      return;
    }
    known = text();
    form.elements.csrfmiddlewaretoken.value = token();
    const button = event.submitter;
    if (button && button.name) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = button.name;
      field.value = button.value;
      form.append(field);
    }
    form.submit();
  });

  form.addEventListener("input", (event) => {
    const count = document.querySelector(`[data-words-of="${event.target.id}"]`);
    if (count) count.textContent = event.target.value.split(/\s+/).filter(Boolean).length;
  });
})();

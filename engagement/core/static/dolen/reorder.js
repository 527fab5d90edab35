/* Lets the rows of a list with data-reorder be dragged, by mouse, pen or finger, and moved
   with the arrow keys. Sends the whole order. Without this script its buttons do it. */
(() => {
  "use strict";
  const list = document.querySelector("[data-reorder]");
  const said = document.querySelector("[data-reorder-said]");
  if (!list || !said) return;
  let saved = rows();
  let dragged = null;
  if (saved.length < 2) return;

  function rows() {
    return [...list.querySelectorAll(":scope > [data-id]")];
  }

  function token() {
    return list.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  function tidy() {
    const now = rows();
    for (const row of now) {
      row.querySelector("[value=up]").hidden = row === now[0];
      row.querySelector("[value=down]").hidden = row === now[now.length - 1];
    }
  }

  function putBack(why) {
    list.append(...saved);
    tidy();
    said.textContent = why;
  }

  async function send(row) {
    const order = rows();
    if (order.every((one, place) => one === saved[place])) return;
    tidy();
    const data = new FormData();
    for (const one of order) data.append("order", one.dataset.id);
    try {
      const answer = await fetch(list.dataset.reorder, {
        method: "POST",
        body: data,
        headers: { "X-CSRFToken": token() },
        redirect: "manual",
      });
      if (answer.status === 204) {
        saved = order;
        const name = row.querySelector("a").textContent;
        const place = `${order.indexOf(row) + 1} / ${order.length}`;
        said.textContent = `${name}: ${list.dataset.moved} ${place}`;
      } else {
        putBack(answer.status === 409 ? await answer.text() : list.dataset.failed);
      }
    } catch {
      putBack(list.dataset.failed);
    }
  }

  function step(row, up) {
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (up) other.before(row);
    else other.after(row);
  }

  function over(row, y) {
    for (const other of rows()) {
      if (other === row) continue;
      const box = other.getBoundingClientRect();
      const middle = box.top + box.height / 2;
      const above = other.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_PRECEDING;
      if (above && y > middle) other.after(row);
      else if (!above && y < middle) return other.before(row);
    }
  }

  function addGrip(row) {
    const grip = document.createElement("button");
    grip.type = "button";
    grip.className = "grip";
    grip.textContent = "⠿";
    grip.setAttribute(
      "aria-label",
      `${list.dataset.grip}: ${row.querySelector("a").textContent}`,
    );
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      dragged = row;
      row.classList.add("dragged");
      document.documentElement.classList.add("dragging");
    });
    grip.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      step(row, event.key === "ArrowUp");
      grip.focus();
      send(row);
    });
    row.prepend(grip);
  }

  /* On the document: a row that is moved in the page loses what it had captured. */
  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    event.preventDefault();
    over(dragged, event.clientY);
  });
  function drop(event) {
    if (!dragged) return;
    const row = dragged;
    dragged = null;
    row.classList.remove("dragged");
    document.documentElement.classList.remove("dragging");
    if (event.type === "pointercancel") putBack("");
    else send(row);
  }
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);

  saved.forEach(addGrip);
})();

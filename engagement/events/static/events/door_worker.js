/* Shows the page of a door when there is no network, as it last was: for a day at the
   most, and not once its reader is signed out. */
const PAGE = new URL(self.registration.scope).pathname;
const NAME = `dolen-door-${PAGE}`;
const KEPT = "X-Kept-At";
const A_DAY = 24 * 60 * 60 * 1000;
const PATIENCE = 6000;
const PARTS = ["style", "script", "image", "font"];

async function keep(answer) {
  const headers = new Headers(answer.headers);
  headers.set(KEPT, String(Date.now()));
  const copy = new Response(await answer.blob(), { headers });
  await (await caches.open(NAME)).put(PAGE, copy);
}

async function kept() {
  const found = await caches.match(PAGE, { cacheName: NAME });
  if (found && Date.now() - Number(found.headers.get(KEPT)) < A_DAY) return found;
  await caches.delete(NAME);
  return Response.error();
}

async function page(event) {
  let answer;
  try {
    const late = new Promise((_, fail) => setTimeout(fail, PATIENCE));
    answer = await Promise.race([fetch(event.request), late]);
  } catch {
    return kept();
  }
  if (answer.ok) event.waitUntil(keep(answer.clone()));
  else if (answer.type === "opaqueredirect" || answer.status === 403) {
    await caches.delete(NAME);
  }
  return answer;
}

async function part(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { cacheName: NAME })) || Response.error();
  }
}

async function fill(addresses) {
  const cache = await caches.open(NAME);
  await cache.addAll(addresses);
  if (await cache.match(PAGE)) return;
  const answer = await fetch(PAGE);
  if (answer.ok && !answer.redirected) await keep(answer);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(fill(event.data)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && new URL(request.url).pathname === PAGE) {
    event.respondWith(page(event));
  } else if (PARTS.includes(request.destination)) {
    event.respondWith(part(request));
  }
});

// Keeps the page's own files, so that it opens without a network. The build writes VERSION and FILES above this
// (tools/worker.sh): whatever changes in the page is a new worker, with a store of its own.

const STORE = "nats-kv-playground-";
/** As in tools/serve.mjs. */
const HASHED = /-[0-9a-f]{8,16}[._]/;

addEventListener("install", (event) => {
  // The browser's own cache may still have the page of before, which names other files than those beside it. A file with a hash in its
  // name is always the same, and is not fetched twice.
  const requests = FILES.map((file) => (HASHED.test(file) ? file : new Request(file, { cache: "reload" })));
  event.waitUntil(caches.open(STORE + VERSION).then((store) => store.addAll(requests)));
});

addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => clients.claim()));
});

// The page asks for the change, once whoever uses it wants it.
addEventListener("message", ({ data }) => data === "take over" && skipWaiting());

addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(registration.scope)) event.respondWith(answer(event.request));
});

async function answer(request) {
  const store = await caches.open(STORE + VERSION);
  const [address] = request.url.split(/[?#]/);
  const isPage = [registration.scope, `${registration.scope}index.html`].includes(address);
  return (await store.match(isPage ? "./" : request)) ?? fetch(request);
}

/** Stores of earlier versions. */
async function forgetOthers() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(STORE) && name !== STORE + VERSION);
  await Promise.all(old.map((name) => caches.delete(name)));
}

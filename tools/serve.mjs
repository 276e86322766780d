// Serves a built page on the loopback interface, under the policy that the page is made for.
//   node tools/serve.mjs dist 8422
// The tests use the same server, so what they have seen is what a user gets.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** No inline script or style, nothing from elsewhere, and WebAssembly is the only thing that is compiled. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** Serves `folder`; the promise gives the server and its address once it listens. */
export function serve(folder, port = 0) {
  const root = resolve(folder);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = normalize(join(root, path));
    if (file !== root && !file.startsWith(root + "/")) return refuse(response, 403);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) return refuse(response, 404);
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-length": statSync(file).size,
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      // Names with a hash never change their content; the page itself is asked for again each time.
      "cache-control": /-[0-9a-f]{16}[._]/.test(file) ? "public, max-age=31536000, immutable" : "no-cache",
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => done({ server, address: `http://127.0.0.1:${server.address().port}/` }));
  });
}

function refuse(response, status) {
  response.writeHead(status, { "content-type": "text/plain" });
  response.end(`${status}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, wanted] = process.argv.slice(2);
  // A port that is taken is no reason to stop: the next free one is as good.
  const first = Number(wanted);
  for (let port = first; ; port++) {
    try {
      const { address } = await serve(folder, port);
      console.log(`\nThe playground is at ${address}   (Ctrl-C ends it)`);
      break;
    } catch (error) {
      if (error.code !== "EADDRINUSE" || port > first + 20) throw error;
    }
  }
}

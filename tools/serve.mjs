// Serves a built page on the loopback interface, under the policy that the page is made for.
//   node tools/serve.mjs dist 8422
// The tests use the same server, so what they have seen is what a user gets.

import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** No inline script or style, nothing from elsewhere, and WebAssembly is the only thing that is compiled. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self' data:; font-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** What can be packed with, the smallest first. */
const CODINGS = {
  br: (bytes) => {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return promisify(brotliCompress)(bytes, { params });
  },
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/**
 * Serves `folder`. The promise gives, once it listens, the server, its address, and `pack`: from the end of that on,
 * files go out packed; tests may have files `patched` on their way, by path and function. That takes seconds, which a page that is opened on the same machine need not wait for.
 */
export function serve(folder, { port = 0, policy = POLICY, patched = new Map() } = {}) {
  const root = resolve(folder);
  const packed = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = normalize(join(root, path));
    if (file !== root && !file.startsWith(root + "/")) return refuse(response, 403);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) return refuse(response, 404);
    const change = patched.get(path);
    const { coding, bytes } = change
      ? { bytes: Buffer.from(change(readFileSync(file, "utf8"))) }
      : wanted(packed.get(file), file, request.headers["accept-encoding"]);
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-length": bytes?.length ?? statSync(file).size,
      ...(coding && { "content-encoding": coding }),
      ...(policy && { "content-security-policy": policy }),
      vary: "accept-encoding",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      // Names with a hash never change their content; the page itself is asked for again each time. Trunk writes a hash as a
      // number, without zeros before it, so some are shorter than sixteen digits.
      "cache-control": /-[0-9a-f]{8,16}[._]/.test(file) ? "public, max-age=31536000, immutable" : "no-cache",
    });
    if (bytes) response.end(bytes);
    else createReadStream(file).pipe(response);
  });
  const pack = async () => {
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    await Promise.all(files.map(async ({ parentPath, name }) => {
      const file = join(parentPath, name);
      const { mtimeMs } = statSync(file);
      const bytes = readFileSync(file);
      const codings = Object.entries(CODINGS).map(async ([coding, pack]) => [coding, await pack(bytes)]);
      packed.set(file, { mtimeMs, codings: await Promise.all(codings) });
    }));
  };
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => done({ server, address: `http://127.0.0.1:${server.address().port}/`, pack }));
  });
}

/** The packed bytes that a browser takes, unless the file was built again since. */
function wanted(known, file, accepted = "") {
  if (known?.mtimeMs !== statSync(file).mtimeMs) return {};
  const takes = accepted.split(",").map((coding) => coding.trim()).filter((coding) => !/;\s*q=0(\.0*)?$/.test(coding));
  const found = known.codings.find(([coding]) => takes.some((taken) => taken.split(";")[0] === coding));
  return found ? { coding: found[0], bytes: found[1] } : {};
}

function refuse(response, status) {
  response.writeHead(status, { "content-type": "text/plain" });
  response.end(`${status}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, first] = process.argv.slice(2);
  // A port that is taken is no reason to stop: the next free one is as good.
  for (let port = Number(first); ; port++) {
    try {
      const { address, pack } = await serve(folder, { port });
      console.log(`\nThe playground is at ${address}   (Ctrl-C ends it)`);
      await pack();
      break;
    } catch (error) {
      if (error.code === "EADDRINUSE" && port < Number(first) + 20) continue;
      console.error(`cannot serve ${folder} at port ${port}: ${error.message}`);
      process.exit(1);
    }
  }
}

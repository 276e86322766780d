// Runs a program that was compiled for wasm32-wasip1: node tools/wasi.mjs PROGRAM.wasm ARGUMENTS
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";

const [program, ...rest] = process.argv.slice(2);
const preopens = { "/proc": "/proc" }; // A benchmark reads there how long it worked.
const wasi = new WASI({ version: "preview1", args: [program, ...rest], preopens, returnOnExit: true });
const module = await WebAssembly.compile(await readFile(program));
process.exitCode = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));

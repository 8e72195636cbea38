"use strict";

// Lets a checkout run its TypeScript as it is: types are removed, every line stays where it is, nothing
// is checked. What was once transformed is kept by the hash of its text, so it is never stale.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { join } = require("node:path");
const { addHook } = require("pirates");
const { version } = require("sucrase/package.json");

const HOME = join(__dirname, "..", "node_modules", ".cache", "trustwheel");
const CACHE = join(HOME, `sucrase-${version}`);

// Later versions of Node can keep what they compiled, too.
enableCompileCache?.(join(HOME, "compiled"));

addHook(transform, { exts: [".ts"], ignoreNodeModules: true });

function transform(code, filePath) {
  const hash = createHash("sha1").update(code).digest("hex");
  const kept = join(CACHE, `${hash}.js`);
  try {
    return readFileSync(kept, "utf8");
  } catch {
    // Loaded only when needed: it costs more than reading all that is kept.
    const sucrase = require("sucrase");
    const result = sucrase.transform(code, { transforms: ["imports", "typescript"], filePath });
    keep(kept, result.code);
    return result.code;
  }
}

/** Writes a file completely or not at all; where nothing can be written, the next run transforms again. */
function keep(file, code) {
  try {
    mkdirSync(CACHE, { recursive: true });
    const beside = `${file}.${process.pid}.tmp`;
    writeFileSync(beside, code);
    renameSync(beside, file);
  } catch {
    return;
  }
}

// Unpacks the browser that journeys use into build/chromium, with the libraries and the font it needs, so that no
// package of the operating system is asked for. Run by `make test`; tests/journeys/browser.py says how it is started.
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import { extract } from "tar-fs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packed = join(root, "node_modules/@sparticuz/chromium/bin");
const out = join(root, "build/chromium");

async function unpack(name) {
  await pipeline(createReadStream(join(packed, `${name}.tar.br`)), createBrotliDecompress(), extract(out));
}

async function browser() {
  const path = join(out, "chromium");
  await pipeline(createReadStream(join(packed, "chromium.br")), createBrotliDecompress(), createWriteStream(path));
  await chmod(path, 0o755);
}

const fontSettings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${join(out, "fonts")}</dir>
  <cachedir>${join(out, "font-cache")}</cachedir>
</fontconfig>
`;

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([browser(), unpack("al2023"), unpack("fonts"), unpack("swiftshader")]);
await writeFile(join(out, "fonts.conf"), fontSettings);

// Builds two stylesheets and two scripts, for pages of staff (kith) and pages without an account (public), and the map, into the design system's static folder.
// Run by `make assets` with the Node that came with the Python packages; see docs/how-to/run-it.md.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, "src/kith/foundations/design_system/static/built");

async function buildStyles(bundle) {
  const compiled = await sass.compileAsync(join(root, `assets/styles/${bundle}.scss`), {
    loadPaths: [join(root, "node_modules")],
    style: "compressed",
    quietDeps: true,
  });
  await writeFile(join(out, `${bundle}.css`), compiled.css);
}

async function buildScripts(bundle) {
  await esbuild.build({
    entryPoints: [join(root, `assets/scripts/${bundle}.js`)],
    outfile: join(out, `${bundle}.js`),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    legalComments: "linked", // the licences of what is bundled lie beside it in NAME.js.LEGAL.txt
    logLevel: "warning",
  });
}

// The map is loaded by the one page that has it; its worker is a file of our own origin, which the content policy asks.
async function buildMap() {
  const shared = { bundle: true, minify: true, target: "es2020", legalComments: "linked", logLevel: "warning" };
  await Promise.all([
    esbuild.build({ ...shared, entryPoints: [join(root, "assets/scripts/map.js")], outfile: join(out, "map.js"), format: "iife" }),
    esbuild.build({ ...shared, entryPoints: [join(root, "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs")],
      outfile: join(out, "map-worker.js"), format: "esm" }),
    esbuild.build({ ...shared, entryPoints: [join(root, "assets/styles/map.css")], outfile: join(out, "map.css") }),
  ]);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([...["kith", "public"].flatMap((bundle) => [buildStyles(bundle), buildScripts(bundle)]), buildMap()]);

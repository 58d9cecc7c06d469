/**
 * Builds `dist/`: the validators and the icon sprite that are made from contracts and content, then the command and the
 * library as bundles (a bundle starts in a third of the time), then the types.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);

/** Packages with a native part, and the drivers of other databases that knex knows of, stay outside of the bundles. */
const external = ['sqlite3', '@node-rs/argon2', 'pg', 'pg-native', 'pg-query-stream', 'fsevents'].concat(
  ['better-sqlite3', 'mariadb', 'mysql', 'mysql2', 'oracledb', 'tedious'],
);
const common = { bundle: true, platform: 'node', format: 'esm', target: 'node20', absWorkingDir: root, logLevel: 'warning' };

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await writeFile(join(dist, 'validators.js'), await validators());
await writeFile(join(dist, 'icons.svg'), await sprite());
await bundle();
if (!process.argv.includes('--no-types')) types();

async function validators() {
  const made = join(dist, 'make-validators.mjs');
  await build({ ...common, packages: 'external', entryPoints: ['src/reference/validators.ts'], outfile: made });
  const { validatorModule } = await import(pathToFileURL(made).href);
  await rm(made);
  const source = { contents: validatorModule(), resolveDir: root, loader: 'js' };
  const { outputFiles } = await build({ ...common, stdin: source, write: false, minify: true });
  return outputFiles[0].text;
}

/** Every icon of `templates/assets/icons.json` as a symbol. */
async function sprite() {
  const icons = JSON.parse(await readFile(join(root, 'templates/assets/icons.json'), 'utf8'));
  const folder = join(dirname(require.resolve('lucide-static/package.json')), 'icons');
  const symbols = await Promise.all(
    Object.entries(icons).map(async ([name, icon]) => {
      const drawing = await readFile(join(folder, `${typeof icon === 'string' ? icon : icon.icon}.svg`), 'utf8');
      const shapes = drawing.replace(/<!--.*?-->/gs, '').replace(/^.*?<svg[^>]*>|<\/svg>\s*$/gs, '');
      return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>')}</symbol>`;
    }),
  );
  const pen = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
  return `<svg xmlns="http://www.w3.org/2000/svg" ${pen}>${symbols.join('')}</svg>\n`;
}

function bundle() {
  return build({
    ...common,
    entryPoints: { lintel: 'src/cli/main.ts', index: 'src/index.ts' },
    outdir: dist,
    splitting: true,
    external,
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    chunkNames: '[name]-[hash]',
    // CommonJS packages inside an ES module ask for built-in modules by `require`.
    banner: { js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);" },
  });
}

function types() {
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const flags = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', join(root, 'src'), '--outDir', join(dist, 'types')];
  execFileSync(process.execPath, [tsc, '-p', join(root, 'src/tsconfig.json'), ...flags], { stdio: 'inherit' });
}

/**
 * Builds `dist/`: what is made from contracts and content (validators, icon sprite, compiled templates, stored documents),
 * the scripts of the pages, the command as a few bundles with their code caches, and the library with its types.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  absWorkingDir: root,
  logLevel: 'warning',
  legalComments: 'none',
};

/** Packages with a native part, and the drivers of other databases that knex knows of, stay outside of the bundles. */
const EXTERNAL = [
  ...['sqlite3', '@node-rs/argon2', 'fsevents', 'pg', 'pg-native', 'pg-query-stream'],
  ...['better-sqlite3', 'mariadb', 'mysql', 'mysql2', 'oracledb', 'tedious'],
];

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await writeFile(join(dist, 'validators.js'), await validators());
await writeFile(join(dist, 'icons.svg'), await sprite());
await bundleScript();
await writeFile(join(dist, 'templates.js'), 'export const compiled = {};'); // for what compiles them
await writeFile(join(dist, 'templates.js'), (await run('src/reference/templates.ts')).templateModule(root));
const stored = (await run('src/reference/documents.ts')).storedDocuments(root);
await writeFile(join(dist, 'documents.json'), JSON.stringify(stored.documents));
await writeFile(join(dist, 'documents.bytes'), stored.bytes);
await writeFile(join(dist, 'rules.json'), JSON.stringify((await run('src/reference/examples.ts')).ruleExamples(root)));
await bundleCommand();
await bundleLibrary();
await makeCodeCaches();

/** What a module of ours exports, run now. */
async function run(path) {
  const made = join(dist, `${basename(path, '.ts')}.mjs`);
  await build({ ...common, format: 'esm', packages: 'external', entryPoints: [path], outfile: made });
  const exported = await import(pathToFileURL(made).href);
  await rm(made);
  return exported;
}

async function validators() {
  const { validatorModule } = await run('src/reference/validators.ts');
  const stdin = { contents: validatorModule(), resolveDir: root, loader: 'js' };
  const { outputFiles } = await build({ ...common, format: 'esm', stdin, write: false, minify: true });
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

/** The scripts of pages: of lists and forms, the smaller one of the home page, and that of the page `customise`. */
async function bundleScript() {
  const settings = { ...common, platform: 'browser', target: 'es2022', format: 'iife', minify: true };
  for (const name of ['lintel', 'home', 'customise'])
    await build({ ...settings, entryPoints: [`src/browser/${name}.ts`], outfile: join(dist, `${name}.js`) });
}

/** The command, and one bundle for each module of ours that is imported on demand: `launch.cjs` loads them by name. */
async function bundleCommand() {
  const entryPoints = { command: 'src/cli/main.ts' };
  const onDemand = {
    name: 'on-demand',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        if (path.startsWith('node:') || EXTERNAL.includes(path)) return { path, namespace: 'package' };
        const place = path.startsWith('.') ? join(resolveDir, path) : path;
        const name = (path.endsWith('/index.ts') ? dirname(place) : place).split(/[\\/]/).pop().replace(/\.ts$/, '');
        entryPoints[name] ??= place;
        return { path: name, namespace: 'on-demand' };
      });
      // Commander can start other programs as commands. We have none, and the module is slow to load.
      onResolve({ filter: /^node:child_process$/ }, () => ({ path: 'none', namespace: 'none' }));
      // Slow to load, and needed by few commands: loaded by the first who uses it.
      onResolve({ filter: /^node:crypto$/ }, ({ path, namespace }) =>
        namespace === 'later' ? { path, external: true } : { path, namespace: 'later' },
      );
      onLoad({ filter: /./, namespace: 'later' }, async ({ path }) => {
        const names = Object.keys(await import(path)).filter((name) => name !== 'default');
        const getters = names.map((name) => `get ${name}() { return require('${path}').${name}; }`);
        return { contents: `module.exports = { ${getters.join(', ')} };` };
      });
      onLoad({ filter: /./, namespace: 'none' }, () => ({ contents: 'module.exports = {}' }));
      onLoad({ filter: /./, namespace: 'package' }, ({ path }) => ({
        contents: `module.exports = require('${path}')`,
      }));
      onLoad({ filter: /./, namespace: 'on-demand' }, ({ path }) => ({
        contents: `module.exports = loadBundle('${path}')`,
      }));
    },
  };
  const made = new Set();
  while (Object.keys(entryPoints).some((name) => !made.has(name))) {
    const [name] = Object.keys(entryPoints).filter((known) => !made.has(known));
    made.add(name);
    await build({
      ...common,
      format: 'cjs',
      entryPoints: { [name]: entryPoints[name] },
      outdir: dist,
      outExtension: { '.js': '.cjs' },
      minifySyntax: true,
      minifyWhitespace: true,
      define: { 'import.meta.url': 'bundleAddress' },
      banner: {
        js: `(function (exports, require, module, __filename, __dirname, loadBundle, importFromLauncher) {const bundleAddress = require("node:url").pathToFileURL(__filename).href;`,
      },
      footer: { js: '})' },
      external: EXTERNAL,
      plugins: [onDemand],
    });
    await keepAscii(join(dist, `${name}.cjs`));
  }
  await copyFile(join(root, 'src/cli/launch.cjs'), join(dist, 'lintel.cjs'));
  await chmod(join(dist, 'lintel.cjs'), 0o755);
}

/** Text beyond ASCII takes node more time to read, and twice the memory; what esbuild leaves of it stands in patterns. */
async function keepAscii(path) {
  const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  await writeFile(path, (await readFile(path, 'utf8')).replace(/[^\0-\x7f]/g, escaped));
}

async function bundleLibrary() {
  const outfile = join(dist, 'index.js');
  await build({ ...common, format: 'esm', packages: 'external', entryPoints: ['src/index.ts'], outfile });
  if (process.argv.includes('--no-types')) return;
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const flags = [
    '--noEmit',
    'false',
    '--declaration',
    '--emitDeclarationOnly',
    '--rootDir',
    'src',
    '--outDir',
    'dist/types',
  ];
  execFileSync(process.execPath, [tsc, '-p', 'src/tsconfig.json', ...flags], { cwd: root, stdio: 'inherit' });
}

/** Runs the command as it will be used, a check and a server with a visitor, so that what it compiles is kept. */
async function makeCodeCaches() {
  const command = join(dist, 'lintel.cjs');
  const folder = await mkdtemp(join(tmpdir(), 'lintel-build-'));
  const env = {
    ...process.env,
    LINTEL_MAKE_CODE_CACHE: 'yes',
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: `sqlite:${join(folder, 'demo.sqlite')}`,
  };
  const server = spawn(process.execPath, [command, 'serve'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  // A command without its caches is slower to start, and nothing else.
  const limit = setTimeout(() => server.kill('SIGKILL'), 20_000);
  try {
    const address = await new Promise((resolve, reject) => {
      let said = '';
      server.stdout.on('data', (chunk) => {
        said += chunk;
        if (said.includes('Sign in as')) resolve(/http:\/\/\S+/.exec(said)[0]);
      });
      void exited.then(() => reject(new Error(`The built server did not start: ${said}`)));
    });
    const form = {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: address },
      body: new URLSearchParams({ login: 'alice', password: 'demo' }),
    };
    const cookie = (await fetch(`${address}/signin`, form)).headers.getSetCookie()[0].split(';')[0];
    for (const path of ['/home', '/home', '/list/ticket'])
      await (await fetch(address + path, { headers: { cookie } })).text();
    server.kill('SIGTERM');
    await exited;
    spawnSync(process.execPath, [command, 'check', await changedLayout(folder)], { cwd: root, env });
  } finally {
    clearTimeout(limit);
    server.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

/** A layout that the build has not read, with a slip in it. */
async function changedLayout(folder) {
  const name = 'layouts/billmgr_dashboard_5.xml';
  const layout = await readFile(join(root, name), 'utf8');
  await mkdir(join(folder, 'layouts'));
  await writeFile(join(folder, name), layout.replace(' func="', ' func="x'));
  return join(folder, name);
}

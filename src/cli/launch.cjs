#!/usr/bin/env node
/**
 * The `lintel` command as it is installed (`dist/lintel.cjs`). It runs the bundles beside it with the code caches that the
 * build made, so that node need not compile them: a check of a small file costs little more than starting node.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const loaded = new Map();

/** The exports of `dist/NAME.cjs`, run once. A cache of another version of node is left aside. */
function loadBundle(name) {
  const known = loaded.get(name);
  if (known) return known.exports;
  const filename = join(__dirname, `${name}.cjs`);
  // The build has put it into a function of these parameters, all in ASCII.
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: readCache(`${filename}.cache`) });
  const module = { exports: {}, script };
  loaded.set(name, module);
  script.runInThisContext()(
    module.exports,
    require,
    module,
    filename,
    __dirname,
    loadBundle,
    (address) => import(address),
  );
  return module.exports;
}

function readCache(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

// Set by the build: what this run compiled is kept beside the bundles.
if (process.env.LINTEL_MAKE_CODE_CACHE === 'yes') {
  process.once('exit', () => {
    for (const [name, { script }] of loaded)
      writeFileSync(join(__dirname, `${name}.cjs.cache`), script.createCachedData());
  });
}

loadBundle('command');

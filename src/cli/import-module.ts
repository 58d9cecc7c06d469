/** Given by `launch.cjs`: a script that runs from a code cache has no `import()` of its own. */
declare const importFromLauncher: ((address: string) => Promise<unknown>) | undefined;

/** Imports a module that is known only when Lintel runs. */
export function importModule(address: string): Promise<unknown> {
  return typeof importFromLauncher === 'undefined' ? import(address) : importFromLauncher(address);
}

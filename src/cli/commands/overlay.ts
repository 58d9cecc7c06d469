import { existsSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { overlayOf } from '../../content-document.ts';
import { pretty } from '../../diagnostics/reporters/index.ts';
import { compileContent } from '../../revision.ts';
import { CONTENT_SETTINGS, contentSettings } from '../content-settings.ts';
import { filesToCheck } from '../files-to-check.ts';
import { addSettings, settingsOf } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** `lintel overlay pin [FILE…]`: writes down what overlays change, as it is now, so that a check can tell when it is not. */
export function overlay(program: Command): void {
  const command = program
    .command('overlay')
    .description('look after overlays: layouts/<manager>_mod_<name>.xml')
    .command('pin')
    .description('write down what overlays change, so that a check warns when that is not as it was')
    .argument('[files...]', 'overlays to pin; all of the content without any');
  addSettings(command, CONTENT_SETTINGS);
  command.action(pin);
}

async function pin(names: readonly string[], options: Record<string, unknown>): Promise<void> {
  const settings = settingsOf(options);
  for (const name of names)
    if (!overlayOf(name)) throw new UsageError(`${name} is no overlay: its name is to be <manager>_mod_<name>.xml`);
  const { content, icons, root } = filesToCheck(names, settings);
  const { content: merged, diagnostics } = await compileContent(content, {
    ...(await contentSettings(settings)),
    icons,
    database: undefined,
  });
  const { pinsFor, pinsPath } = await import('../../pipeline/pins.ts');
  const asked = new Set(names.map((name) => resolve(name)));
  let count = 0;
  for (const { path, source } of merged.documents) {
    const place =
      [resolve(source.path), join(root ?? '.', path)].find((file) => asked.has(file) || existsSync(file)) ?? '';
    if (!overlayOf(path) || place === '' || (asked.size > 0 && !asked.has(place))) continue;
    count += 1;
    const errors = diagnostics.filter((one) => one.severity === 'error' && one.source === source);
    const targets = merged.overlaid.targets.get(path) ?? [];
    if (errors.length > 0) {
      console.error(
        `${pretty(errors, { colour: false, files: 1 })}lintel: ${source.path} is not pinned: correct it first`,
      );
      process.exitCode = 1;
    } else {
      writeFileSync(pinsPath(place), pinsFor(targets));
      console.log(`${relative('.', pinsPath(place))}: ${targets.length} ${targets.length === 1 ? 'pin' : 'pins'}`);
    }
  }
  if (count === 0) console.log('There is no overlay to pin.');
}

import { cutAll, type ImportContext, type Target, type Tell } from './imported.ts';
import { findingsIn } from './prune.ts';

/** Said once for a file: a check names each of them. */
const SUMMED = 'missing-message';

/** Tells of names that mean nothing here. Buttons lose icons that are not there; all else waits for what it names. */
export async function tellNames(targets: readonly Target[], context: ImportContext, tell: Tell): Promise<void> {
  const told = new Set((await findingsIn(targets, context, true)).map(({ code }) => code));
  const findings = (await findingsIn(targets, context, false)).filter(({ code }) => !told.has(code));
  for (const target of targets) {
    const own = findings.filter(({ source }) => source.path === target.path);
    const missing = own.filter(({ code }) => code === SUMMED);
    const icons = own.filter(({ code }) => code === 'unknown-icon');
    for (const finding of own.filter(({ code }) => code !== SUMMED)) {
      const place = target.work.origin(finding.range);
      if (!place || !target.from) continue;
      const severity = finding.severity === 'error' ? 'warning' : finding.severity;
      const { code, message, hint } = finding;
      tell(place, { code, severity, message, ...(hint !== undefined && { hint }) });
    }
    const first = missing.map(({ range }) => target.work.origin(range)).find((place) => place !== undefined);
    const hint = `lintel check ${target.path} names them.`;
    if (first) tell(first, { code: SUMMED, severity: 'info', message: 'Texts are missing', hint });
    cutAll(
      target,
      icons.map(({ range }) => attributeAround(target.work.text, range)),
    );
  }
}

/** From the name of an attribute to past its closing quote, by the place of its value. */
function attributeAround(text: string, { start, end }: { readonly start: number; readonly end: number }) {
  const before = /[\w.-]+\s*=\s*["']$/.exec(text.slice(Math.max(0, start - 200), start))?.[0].length ?? 0;
  return { start: start - before, end: end + 1 };
}

import { cutAll, type ImportContext, type Target, type Tell, treeOf } from './imported.ts';
import { cutFor, findingsIn, nodeAt } from './prune.ts';

/** Said once for a file: a check names each of them. */
const TEXTS = ['missing-message', 'missing-translation'];

/** What goes for it: an icon that is not there, and a change of what is not there. */
const CUT = ['unknown-icon', 'unknown-target'];

/** Tells of all that a check says of what is left, above all of names that mean nothing here. What names a function stays, and waits for it. */
export async function tellNames(targets: readonly Target[], context: ImportContext, tell: Tell): Promise<void> {
  const findings = await findingsIn(targets, context, false);
  for (const target of targets) {
    const own = findings.filter(({ source }) => source.path === target.path);
    const missing = own.filter(({ code }) => TEXTS.includes(code));
    const cuts = own.filter(({ code }) => CUT.includes(code));
    for (const finding of own.filter(({ code }) => !TEXTS.includes(code))) {
      const place = target.work.origin(finding.range);
      if (!place || !target.from) continue;
      const severity = finding.severity === 'error' ? 'warning' : finding.severity;
      const { code, message, hint } = finding;
      tell(place, { code, severity, message, ...(hint !== undefined && { hint }) });
    }
    const first = missing.map(({ range }) => target.work.origin(range)).find((place) => place !== undefined);
    const hint = `lintel check ${target.path} names them.`;
    if (first) tell(first, { code: 'missing-message', severity: 'info', message: 'Texts are missing', hint });
    const root = treeOf(target, context);
    if (root)
      cutAll(
        target,
        cuts.map(({ range }) => cutFor(nodeAt(root, range), context)),
      );
  }
}

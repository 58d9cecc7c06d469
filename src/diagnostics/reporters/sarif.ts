import type { ArtifactLocation, Fix, Location, Log, Region, ReportingDescriptor, Result } from 'sarif';
import type { Diagnostic, Severity } from '../diagnostic.ts';
import type { Manual, Reporter } from '../reporter.ts';
import { placeAt, type Range, type Source } from '../source.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** What relative addresses are relative to, under the name that code scanning knows. */
const ROOT = '%SRCROOT%';

/** SARIF 2.1.0, for code scanning: findings with places, related places and fixes, and the manual of their codes. */
export const sarif: Reporter = (diagnostics, { manual }) => {
  const { version, rules } = withUnlisted(manual?.(), diagnostics);
  const index = new Map(rules.map(({ code }, at) => [code, at]));
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Lintel', semanticVersion: version, rules: rules.map(descriptor) } },
        columnKind: 'unicodeCodePoints',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The folder in which the check was run.' } } },
        results: diagnostics.map((diagnostic) => result(diagnostic, index.get(diagnostic.code) ?? -1)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

/** The manual with a page for every code that was found, also one that it does not list. */
function withUnlisted(manual: Manual | undefined, diagnostics: readonly Diagnostic[]): Manual {
  const { version = '0.0.0', rules = [] } = manual ?? {};
  const all = new Map(rules.map((rule) => [rule.code, rule]));
  for (const { code, severity, message } of diagnostics)
    if (!all.has(code)) all.set(code, { code, severity, about: `${message}.` });
  return { version, rules: [...all.values()] };
}

function descriptor({ code, severity, about }: Manual['rules'][number]): ReportingDescriptor {
  return {
    id: code,
    shortDescription: { text: /^.*?\.(?= [A-Z]|$)/.exec(about)?.[0] ?? about },
    fullDescription: { text: about },
    help: { text: `${about} "lintel explain ${code}" shows an example.` },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function result({ code, severity, message, source, range, hint, related, fix }: Diagnostic, ruleIndex: number): Result {
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: hint ? `${message}. ${hint}` : `${message}.` },
    locations: [location(source, range)],
    ...(related?.length && {
      relatedLocations: related.map((one, id) => ({
        id,
        ...location(one.source, one.range),
        message: { text: one.message },
      })),
    }),
    ...(fix && { fixes: [change(source, fix)] }),
  };
}

function location(source: Source, range: Range): Location {
  return { physicalLocation: { artifactLocation: artifact(source), region: region(source, range) } };
}

function change(source: Source, { range, text }: NonNullable<Diagnostic['fix']>): Fix {
  const replacement = { deletedRegion: region(source, range), insertedContent: { text } };
  return {
    description: { text: text === '' ? 'Remove it' : `Write ${text}` },
    artifactChanges: [{ artifactLocation: artifact(source), replacements: [replacement] }],
  };
}

/** A path that leads out of the folder, or begins at the root, is an address of its own. */
function artifact({ path }: Source): ArtifactLocation {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return { uri: `file://${uri}` };
  return { uri, uriBaseId: ROOT };
}

function region(source: Source, range: Range): Region {
  const start = placeAt(source, range.start);
  const end = placeAt(source, range.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** The functions of Lintel's own content, as a test finds them: a new one is tested by itself. */
import { billing } from '../../src/billing/index.ts';
import { createCatalogue } from '../../src/catalogue.ts';
import { iconNames, PACKAGE, readContent } from '../../src/content.ts';
import type { Database } from '../../src/database.ts';
import { compileContent, type Revision } from '../../src/revision.ts';

export function compileOwnContent(database: Database): Promise<Revision> {
  const files = readContent([PACKAGE]);
  const icons = iconNames(files);
  return compileContent(files, { catalogue: createCatalogue(billing), manager: 'billmgr', icons, database });
}

import type { ContentFile } from '../../../src/content.ts';
import { type Database } from '../../../src/database.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
/** The content of a small hosting company, into which every fixture is put. */
export declare const surroundings: readonly ContentFile[];
/** The findings in the content with other files in it; one of the same path stands for the company's own. */
export declare function findingsWith(files: readonly ContentFile[], database: Database | undefined): Promise<readonly Diagnostic[]>;
/** A file of the content, under the path that its root element asks for. */
export declare function fixtureOf(bytes: Uint8Array): ContentFile;
/** A database with the company's tables and no rows. */
export declare function openTables(): Promise<{
    database: Database;
    close(): Promise<void>;
}>;

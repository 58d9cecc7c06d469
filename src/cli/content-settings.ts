import { type Catalogue, createCatalogue } from '../catalogue.ts';
import type { Configuration } from '../configuration.ts';
import { readFrames } from '../frames.ts';
import { type Peer, readPeers } from '../peers.ts';
import { readLimits, type XmlLimits } from '../xml/limits.ts';
import { ownAdditions } from './own-additions.ts';

/** The settings that say where content is and what it may name: of each command that reads it. */
export const CONTENT_SETTINGS = [
  'LINTEL_CONTENT',
  'LINTEL_MANAGER',
  'LINTEL_CONFIG',
  'LINTEL_FEATURES',
  'LINTEL_XML_LIMITS',
  'LINTEL_FRAMES',
  'LINTEL_SOURCES',
] as const satisfies readonly (keyof Configuration)[];

/** What content is compiled with, beside its files. */
export interface ContentSettings {
  readonly catalogue: Catalogue;
  readonly manager: string;
  readonly limits: XmlLimits | undefined;
  readonly frames: readonly string[];
  readonly peers: readonly Peer[];
}

export async function contentSettings(settings: Configuration): Promise<ContentSettings> {
  return {
    catalogue: createCatalogue(await ownAdditions(settings.LINTEL_CONFIG, [], settings.LINTEL_FEATURES)),
    manager: settings.LINTEL_MANAGER,
    limits: readLimits(settings.LINTEL_XML_LIMITS),
    frames: readFrames(settings.LINTEL_FRAMES),
    peers: readPeers(settings.LINTEL_SOURCES),
  };
}

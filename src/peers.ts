/** The hosts that sources of lists may call, as the setting `LINTEL_SOURCES` names them. */

export interface Peer {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Whether it may be in a private network. */
  readonly isPrivate: boolean;
}

/** One host: `crm.example.com`, `[2001:db8::1]:8443`; https unless it says `http://`, in a private network with `private:`. */
const PEER = '(private:)?(https?://)?([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?';

export const peersPattern = `^[\\s,]*(${PEER}([\\s,]+|$))*$`;

/** Reads the setting; what is no host is left out. */
export function readPeers(setting = ''): readonly Peer[] {
  return setting
    .toLowerCase()
    .split(/[\s,]+/)
    .flatMap((word) => {
      const site = word.replace(/^private:/, '');
      const address = /^https?:/.test(site) ? site : `https://${site}`;
      return URL.canParse(address) ? [{ origin: new URL(address).origin, isPrivate: site !== word }] : [];
    });
}

/** The peer that an address is on. */
export function peerAt(address: URL, peers: readonly Peer[]): Peer | undefined {
  return peers.find(({ origin }) => origin === address.origin);
}

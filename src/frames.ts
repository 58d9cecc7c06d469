/** The sites whose pages may stand in a frame of ours, as the setting `LINTEL_FRAMES` lists them. */

/** One site: `status.example.com`, `*.example.com`, `example.com:8443`; https unless it says `http://`. */
const SITE = '(https?://)?(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,5})?';

export const framesPattern = `^[\\s,]*(${SITE}([\\s,]+|$))*$`;

/** The sites as sources of a Content-Security-Policy: `https://status.example.com`. */
export function readFrames(setting = ''): readonly string[] {
  const sites = setting.toLowerCase().split(/[\s,]+/);
  return sites.filter((site) => site !== '').map((site) => (/^https?:/.test(site) ? site : `https://${site}`));
}

/** Whether a page may stand in a frame: scheme, host and port are those of a site. */
export function mayFrame(address: string, frames: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const { origin } = new URL(address);
  return frames.some((site) => {
    const [scheme = '', host = ''] = site.split('://*.');
    const isBelow = host !== '' && origin.startsWith(`${scheme}://`) && origin.endsWith(`.${host}`);
    return isBelow || (host === '' && URL.canParse(site) && origin === new URL(site).origin);
  });
}

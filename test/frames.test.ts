import { describe, expect, test } from 'vitest';
import { framesPattern, mayFrame, readFrames } from '../src/frames.ts';

describe('the sites of frames', () => {
  test.each([
    ['', []],
    [' status.example.com,  *.Example.org\n', ['https://status.example.com', 'https://*.example.org']],
    ['http://10.0.0.7:8080 localhost:3000', ['http://10.0.0.7:8080', 'https://localhost:3000']],
  ])('are read from %j', (setting, sites) => {
    expect(setting).toMatch(new RegExp(framesPattern));
    expect(readFrames(setting)).toEqual(sites);
  });

  test.each(["'self'", 'https://a.example/path', 'a.example;script-src', 'data:', '*', 'https:', 'a_b', '-a.example'])(
    'are not %j',
    (setting) => expect(setting).not.toMatch(new RegExp(framesPattern)),
  );

  test.each([
    ['https://status.example.com/now?x=1#y', true],
    ['https://STATUS.example.com', true],
    ['https://status.example.com:443/', true],
    ['https://status.example.com:8443/', false],
    ['http://status.example.com/', false],
    ['https://status.example.com.evil.net/', false],
    ['https://evil-status.example.com/', false],
    ['https://a.b.example.org/', true],
    ['https://example.org/', false],
    ['https://evilexample.org/', false],
    ['javascript:alert(1)', false],
    ['/home', false],
  ])('%s: %s', (address, may) => {
    expect(mayFrame(address, readFrames('status.example.com *.example.org'))).toBe(may);
  });
});

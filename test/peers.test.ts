import { describe, expect, test } from 'vitest';
import { peerAt, peersPattern, readPeers } from '../src/peers.ts';

const peer = (origin: string, isPrivate = false) => ({ origin, isPrivate });

describe('the hosts of sources', () => {
  test.each([
    ['', []],
    [
      ' crm.example.com,  Panel.Example.com:1500\n',
      [peer('https://crm.example.com'), peer('https://panel.example.com:1500')],
    ],
    [
      'private:http://10.0.0.5:8080 private:[fd00::5]',
      [peer('http://10.0.0.5:8080', true), peer('https://[fd00::5]', true)],
    ],
    [
      'https://crm.example.com:443 http://crm.example.com:80',
      [peer('https://crm.example.com'), peer('http://crm.example.com')],
    ],
  ])('are read from %j', (setting, peers) => {
    expect(setting).toMatch(new RegExp(peersPattern));
    expect(readPeers(setting)).toEqual(peers);
  });

  test.each([
    '*',
    '*.example.com',
    'https://a.example/path',
    'a@b.example',
    'ftp://a.example',
    'private:',
    'public:a.example',
  ])('are not %j', (setting) => expect(setting).not.toMatch(new RegExp(peersPattern)));

  test.each([
    ['https://crm.example.com/a?b#c', true],
    ['https://crm.example.com:443/', true],
    ['https://crm.example.com:8443/', false],
    ['http://crm.example.com/', false],
    ['https://crm.example.com.evil.net/', false],
    ['https://a.crm.example.com/', false],
    ['https://crm.example.com@evil.net/', false],
  ])('are compared with scheme, host and port of %s', (address, isOne) => {
    expect(peerAt(new URL(address), readPeers('crm.example.com')) !== undefined).toBe(isOne);
  });
});

/** argon2id of "demo", made once: the word is no secret, and the demo is the same wherever it is made. */
export const password =
  '$argon2id$v=19$m=19456,t=2,p=1$bGludGVsIGRlbW8gc2FsdA$BUnP4J+7Yt4g8AOtFXS64FLFiaTBX57Hhv4/HK80BVY';

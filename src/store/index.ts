export { type ChangeFeed, createChangeFeed } from './change-feed.ts';
export { createDismissals, type Dismissals } from './dismissals.ts';
export { createFormKeys, type FormAnswer, type FormKeys, type SentForm } from './form-keys.ts';
export { migrations } from './migrations/index.ts';
export { createPreferences, type Preferences } from './preferences.ts';
export { createSessions, type Session, type SessionOptions, type Sessions } from './sessions.ts';
export { createUsers, type Identity, plainLogin, type User, type Users } from './users.ts';

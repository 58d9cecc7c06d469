export { sessionClose } from './session-close.ts';
export { usrparam } from './usrparam.ts';

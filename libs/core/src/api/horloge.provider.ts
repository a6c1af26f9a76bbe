/** Injection token of the clock (`Horloge`): nobody in the core asks the machine for the time. */
export const HORLOGE = Symbol('Horloge');

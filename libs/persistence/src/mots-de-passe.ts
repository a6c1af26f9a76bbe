import { randomBytes } from 'node:crypto';

/** One password a role, as `DATABASE_URL*` will carry them. */
export interface MotsDePasse {
  readonly proprietaire: string;
  readonly app: string;
  readonly jobs: string;
  readonly statistiques: string;
  readonly file: string;
}

/** A password for each role. */
export function tirerMotsDePasse(): MotsDePasse {
  return {
    proprietaire: tirerMotDePasse(),
    app: tirerMotDePasse(),
    jobs: tirerMotDePasse(),
    statistiques: tirerMotDePasse(),
    file: tirerMotDePasse(),
  };
}

/** 24 random bytes; letters, digits, `-` and `_`: nothing that an address must encode. */
export function tirerMotDePasse(): string {
  return randomBytes(24).toString('base64url');
}

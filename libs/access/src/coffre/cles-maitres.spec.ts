import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ClesMaitres, idDeCleMaitre } from './cles-maitres.js';

const tirer = (): string => randomBytes(32).toString('base64');

describe('ClesMaitres', () => {
  it('enveloppe avec la clé courante, ouvre avec toutes, et rien sans elles', () => {
    const [ancienne, nouvelle] = [tirer(), tirer()];
    const enveloppee = new ClesMaitres({ courante: ancienne }).tirer('62', 1);
    expect(enveloppee.cleMaitreId).toBe(idDeCleMaitre(ancienne));
    const deux = new ClesMaitres({ courante: nouvelle, anciennes: [ancienne] });
    const avant = deux.ouvrir(enveloppee)?.export();
    expect(avant).toHaveLength(32);
    const refaite = deux.reenvelopper(enveloppee)!;
    expect(refaite.cleMaitreId).toBe(idDeCleMaitre(nouvelle));
    const seule = new ClesMaitres({ courante: nouvelle });
    expect(seule.ouvrir(refaite)?.export()).toEqual(avant);
    expect(seule.ouvrir(enveloppee)).toBeNull();
    expect(seule.reenvelopper(enveloppee)).toBeNull();
  });

  it('n’ouvre pas une enveloppe pour un autre département, une autre version ou une autre clé maître', () => {
    const [une, autre] = [tirer(), tirer()];
    const cles = new ClesMaitres({ courante: une, anciennes: [autre] });
    const enveloppee = cles.tirer('62', 1);
    const fausses = [{ departementId: '59' }, { version: 2 }, { cleMaitreId: idDeCleMaitre(autre) }];
    expect(fausses.map((faux) => cles.ouvrir({ ...enveloppee, ...faux }))).toEqual([null, null, null]);
    expect(cles.ouvrir({ ...enveloppee, enveloppe: Buffer.alloc(3) })).toBeNull();
  });

  it('ne se montre ni à l’écran ni en JSON', () => {
    const texte = tirer();
    const cles = new ClesMaitres({ courante: texte });
    const montre = `${inspect(cles, { depth: 9, showHidden: true })} ${JSON.stringify(cles)}`;
    expect(montre).not.toContain(texte);
    expect(montre).not.toContain(Buffer.from(texte, 'base64').toString('hex'));
  });

  it('refuse une clé qui n’a pas 32 octets, sans la citer', () => {
    expect(() => new ClesMaitres({ courante: 'c2VjcmV0' })).toThrow(/^Une clé maître a 32 octets, en base64\.$/);
  });
});

import { describe, expect, it } from '@jest/globals';
import { un } from './champs.js';
import type { Racine, RacineListe, TypeLu } from './declaration.js';
import { champDe, RegistreLectures } from './registre.js';

const droits = { sujet: 'Essai', champs: () => ({}) };
const type = (nom: string, autres: Partial<TypeLu> = {}): TypeLu => ({
  nom,
  description: nom,
  table: 't',
  droits,
  champs: {},
  ...autres,
});
const un_ = (nom: string, lu: TypeLu): Racine => ({ genre: 'un', nom, type: lu, description: nom });
const liste = (lu: TypeLu, autres: Partial<RacineListe> = {}): RacineListe => ({
  genre: 'liste',
  nom: 'liste',
  type: lu,
  description: 'Liste.',
  ordre: { sens: 'asc', colonnes: [] },
  ...autres,
});

describe('What an application reads', () => {
  it('is found by the name of its root field', () => {
    const acte = un_('acte', type('Acte'));
    const registre = new RegistreLectures([acte], []);
    expect(registre.racine('acte')).toBe(acte);
    expect(registre.racine('actes')).toBeUndefined();
    expect(registre.racine('constructor')).toBeUndefined();
    expect(registre.racines).toEqual([acte]);
  });

  it('names a root field once', () => {
    const acte = type('Acte');
    expect(() => new RegistreLectures([un_('acte', acte), un_('acte', acte)], [])).toThrow('« acte »');
  });

  it('names a type once, however it is reached, and may reach one type by several ways', () => {
    const salle = type('Salle');
    const reliee = (vers: TypeLu): TypeLu => type('Etage', { champs: { salle: un(() => vers, { par: 'salle_id' }) } });
    expect(() => new RegistreLectures([un_('a', salle), un_('b', reliee(salle))], [salle])).not.toThrow();
    for (const [racines, types] of [
      [[un_('a', salle), un_('b', type('Salle'))], []],
      [[un_('a', salle)], [type('Salle')]],
      [[un_('a', salle), un_('b', reliee(type('Salle')))], []],
    ] as const) {
      expect(() => new RegistreLectures(racines, types)).toThrow('« Salle »');
    }
  });

  it('goes through types that name each other', () => {
    const a: TypeLu = type('A', { champs: { b: un(() => b, { par: 'b_id' }) } });
    const b: TypeLu = type('B', { champs: { a: un(() => a, { par: 'a_id' }) } });
    expect(new RegistreLectures([un_('a', a)], [b]).racines).toHaveLength(1);
  });

  it('is open to nobody by omission: a root field’s type says who may read it, or its grouping does', () => {
    const { droits: _, ...ouvert } = type('Ouvert');
    expect(() => new RegistreLectures([un_('ouvert', ouvert)], [])).toThrow(/« ouvert » lit Ouvert/);
    expect(() => new RegistreLectures([liste(ouvert)], [])).toThrow(/« liste » lit Ouvert/);
    expect(() => new RegistreLectures([liste(ouvert, { depuis: () => '(select 1)' })], [])).not.toThrow();
  });

  it('has for an interface the types that say which rows are theirs, one type a value', () => {
    const dossier = type('Dossier', { selon: 'dispositif' });
    const variante = (nom: string, valeur: string): TypeLu => type(nom, { implemente: { interface: dossier, valeur } });
    const [x, y] = [variante('DossierX', 'x'), variante('DossierY', 'y')];
    const registre = new RegistreLectures([un_('dossier', dossier)], [x, y]);
    expect(registre.variantes(dossier)).toEqual([x, y]);
    expect(registre.variantes(x)).toEqual([x]);
    expect(new RegistreLectures([un_('dossier', dossier)], []).variantes(dossier)).toEqual([]);
    expect(() => new RegistreLectures([], [x, variante('DossierZ', 'x')])).toThrow(/Dossier pour « x »/);
  });

  it('finds a field in the type, then in its interface', () => {
    const champ = un(() => type('Salle'), { par: 'salle_id' });
    const autre = un(() => type('Salle'), { par: 'autre_id' });
    const dossier = type('Dossier', { selon: 'dispositif', champs: { a: champ, b: champ } });
    const x = type('DossierX', { implemente: { interface: dossier, valeur: 'x' }, champs: { b: autre } });
    expect([champDe(x, 'a'), champDe(x, 'b'), champDe(x, 'c')]).toEqual([champ, autre, undefined]);
  });
});

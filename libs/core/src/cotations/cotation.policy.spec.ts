import { describe, expect, it } from '@jest/globals';
import { dateCivile, oui } from '@sillage/kernel';
import fc from 'fast-check';
import type { EtatCotation } from './cotation.entity.js';
import { deciderGeste, type GesteCotation, GESTES_COTATION, type SituationCotation } from './cotation.policy.js';

const LIMITE = dateCivile('2027-03-16');
const AVANT = LIMITE;
const APRES = dateCivile('2027-03-17');

const situation = (autres: Partial<SituationCotation> = {}): SituationCotation => ({
  etat: 'SOUMISE',
  conventionSignee: true,
  sansNote: [],
  observationsJusquAu: null,
  proposeePar: null,
  bilanConfirme: false,
  continuer: oui(),
  ...autres,
});
const PROPOSEE = situation({ etat: 'PROPOSEE', observationsJusquAu: LIMITE, proposeePar: 'slai' });

describe('AMB-078: no single judge', () => {
  it('all is scored before the porteur is told', () => {
    expect(deciderGeste('PROPOSER', situation(), 'slai', AVANT).issue).toBe('OUI');
    const { motifs } = deciderGeste('PROPOSER', situation({ sansNote: ['A1', 'B3'] }), 'slai', AVANT);
    expect(motifs[0]?.message).toBe('Il reste à noter : A1, B3.');
  });

  it('the porteur contradicts up to the last day, inclusive; the siège decides after it, or once it is contested', () => {
    expect(deciderGeste('OBSERVER', PROPOSEE, 'porteur', AVANT).issue).toBe('OUI');
    expect(deciderGeste('OBSERVER', PROPOSEE, 'porteur', APRES).issue).toBe('NON');
    expect(deciderGeste('ARRETER', PROPOSEE, 'siege', AVANT).issue).toBe('NON');
    expect(deciderGeste('ARRETER', PROPOSEE, 'siege', APRES).issue).toBe('OUI');
    expect(deciderGeste('ARRETER', { ...PROPOSEE, etat: 'CONTESTEE' }, 'siege', AVANT).issue).toBe('OUI');
  });

  it('what a state refuses is said by its label, never by its code', () => {
    const { motifs } = deciderGeste('ARRETER', situation(), 'siege', APRES);
    expect(motifs[0]?.message).toBe(
      'On ne peut pas arrêter les notes : son état est « Preuves remises : les services notent ».',
    );
    const aucune = deciderGeste('NOTER', situation({ etat: null }), 'slai', AVANT);
    expect(aucune.motifs[0]?.message).toBe('On ne peut pas noter : il n’y a pas de cotation.');
  });

  it('who proposed does not decide', () => {
    expect(deciderGeste('ARRETER', PROPOSEE, 'slai', APRES)).toMatchObject({
      issue: 'NON',
      motifs: [{ code: 'AUTEUR_VALIDEUR_IDENTIQUES', regle: 'AMB-078' }],
    });
  });

  it('scores that a balance was computed on are not reopened', () => {
    expect(deciderGeste('ROUVRIR', situation({ etat: 'DEFINITIVE' }), 'siege', APRES).issue).toBe('OUI');
    const soldee = situation({ etat: 'DEFINITIVE', bilanConfirme: true });
    expect(deciderGeste('ROUVRIR', soldee, 'siege', APRES).issue).toBe('NON');
  });
});

interface Pas {
  readonly geste: GesteCotation;
  /** Otherwise, one of those that the state allows: random gestures alone would rarely get far. */
  readonly nimporte: boolean;
  readonly rang: number;
  readonly par: string;
  readonly jours: number;
  readonly complete: boolean;
}
const TOUS = Object.keys(GESTES_COTATION) as GesteCotation[];
const unPas: fc.Arbitrary<Pas> = fc.record({
  geste: fc.constantFrom(...TOUS),
  nimporte: fc.boolean(),
  rang: fc.nat(9),
  par: fc.constantFrom('a', 'b'),
  jours: fc.nat(20),
  complete: fc.boolean(),
});

/** Plays gestures in turn, as the service does; those refused change nothing. Tells those that were made. */
function jouer(pas: readonly Pas[]): { geste: GesteCotation; par: string; avant: SituationCotation; jour: string }[] {
  let s = situation({ etat: null, sansNote: ['A1'] });
  let jour = dateCivile('2027-03-01');
  return pas.flatMap(({ geste: tire, nimporte, rang, par, jours, complete }) => {
    const possibles = TOUS.filter((nom) => (GESTES_COTATION[nom].de as readonly unknown[]).includes(s.etat));
    const geste = nimporte ? tire : (possibles[rang % possibles.length] as GesteCotation);
    jour = jour.add({ days: jours });
    if (deciderGeste(geste, s, par, jour).issue !== 'OUI') return [];
    const fait = { geste, par, avant: s, jour: jour.toString() };
    s = { ...s, etat: GESTES_COTATION[geste].vers };
    if (geste === 'NOTER') s = { ...s, sansNote: complete ? [] : ['A1'] };
    if (geste === 'PROPOSER') s = { ...s, proposeePar: par, observationsJusquAu: jour.add({ days: 15 }) };
    if (geste === 'ROUVRIR') s = { ...s, proposeePar: null, observationsJusquAu: null };
    return [fait];
  });
}

describe('Whatever is tried, in whatever order', () => {
  const parcours = fc.array(unPas, { minLength: 30, maxLength: 60 });

  it('scores are final only after evidence was handed in, all was scored, and the porteur could answer', () => {
    fc.assert(
      fc.property(parcours, (pas) => {
        const faits = jouer(pas);
        for (const [rang, { geste, par, avant, jour }] of faits.entries()) {
          if (geste !== 'ARRETER') continue;
          const depuis = faits.slice(0, rang).map((fait) => fait.geste);
          expect(depuis).toEqual(expect.arrayContaining(['RENSEIGNER', 'SOUMETTRE', 'NOTER', 'PROPOSER']));
          expect(avant.sansNote).toEqual([]);
          expect(par).not.toBe(avant.proposeePar);
          const repondu = depuis.at(-1) === 'OBSERVER';
          expect(repondu || jour > (avant.observationsJusquAu?.toString() ?? '')).toBe(true);
        }
      }),
    );
  });

  it('and random gestures do get that far', () => {
    const fins = fc.sample(parcours, 100).filter((pas) => jouer(pas).some(({ geste }) => geste === 'ARRETER'));
    expect(fins.length).toBeGreaterThan(5);
  });

  it('evidence stays as it was handed in, and final scores as they are unless reopened', () => {
    fc.assert(
      fc.property(parcours, (pas) => {
        const gestes = jouer(pas).map(({ geste }) => geste);
        const remise = gestes.indexOf('SOUMETTRE');
        if (remise >= 0) expect(gestes.slice(remise + 1)).not.toContain('RENSEIGNER');
        gestes.forEach((geste, rang) => {
          const suivant = gestes[rang + 1];
          if (geste === 'ARRETER' && suivant !== undefined) expect(suivant).toBe('ROUVRIR');
        });
      }),
    );
  });

  it('nothing moves while the dispositif is off, nor before the last signature', () => {
    const etats: (EtatCotation | null)[] = [null, 'PREUVES', 'SOUMISE', 'PROPOSEE', 'CONTESTEE', 'DEFINITIVE'];
    const arret = {
      issue: 'NON' as const,
      motifs: [{ code: 'DISPOSITIF_INACTIF' as const, message: '', regle: null }],
    };
    fc.assert(
      fc.property(unPas, fc.constantFrom(...etats), ({ geste, par }, etat) => {
        const s = situation({ etat, observationsJusquAu: LIMITE });
        expect(deciderGeste(geste, { ...s, continuer: arret }, par, AVANT).issue).toBe('NON');
        expect(deciderGeste(geste, { ...s, conventionSignee: false }, par, AVANT).issue).toBe('NON');
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import {
  type DeclarationsIncompatibles,
  reglesCitees,
  RegistreDispositifs,
  verifierConformite,
} from '@sillage/dispositif-kit';
import { dispositifs } from '@sillage/dispositifs';
import { atelier } from '../plugins/atelier/atelier.js';
import { collision } from '../plugins/collision/collision.js';
import { minimal } from '../plugins/minimal/minimal.js';
import { reglesDuCatalogue } from '../support/catalogue.js';

const connues = reglesDuCatalogue();

describe('Every installed dispositif conforms', () => {
  it('and the catalogue of rules is read', () => {
    expect(connues.size).toBeGreaterThan(400);
    expect(connues).toContain('ASE-FIN-01');
    expect(connues).toContain('AMB-105');
  });

  it.each([...dispositifs, minimal, atelier].map((d) => [d.code, d] as const))('%s', (_, dispositif) => {
    expect(verifierConformite(dispositif, connues)).toEqual([]);
    expect(reglesCitees(dispositif).length).toBeGreaterThan(0);
  });

  it('all together', () => {
    expect(new RegistreDispositifs([...dispositifs, minimal, atelier]).tous).toHaveLength(dispositifs.length + 2);
  });
});

describe('Boot refuses two dispositifs that claim the same name', () => {
  const refus = (): DeclarationsIncompatibles => {
    try {
      new RegistreDispositifs([minimal, collision]);
    } catch (erreur) {
      return erreur as DeclarationsIncompatibles;
    }
    throw new Error('les deux ont démarré ensemble');
  };

  it('and names both, for each claim', () => {
    const { lignes } = refus();
    expect(lignes.some((ligne) => ligne.startsWith('code « minimal »'))).toBe(true);
    expect(lignes.some((ligne) => ligne.startsWith('appel « minimal-2026 »'))).toBe(true);
    for (const ligne of lignes) {
      expect(ligne).toContain('« Dispositif minimal » (minimal 1)');
      expect(ligne).toContain('« Dispositif qui heurte » (minimal 2)');
    }
  });

  it.each([
    ['champ GraphQL', { module: atelier.module }],
    ['type GraphQL', { typesGraphql: ['AtelierSeance'] }],
    ['job', { jobs: atelier.jobs }],
    ['permission sur', { droits: atelier.droits }],
  ])('also for a %s of a plugin’s own', (genre, propre) => {
    const autre = { ...minimal, ...propre } as typeof minimal;
    expect(() => new RegistreDispositifs([atelier, autre])).toThrow(
      new RegExp(`${genre} « .* revendiqué par « Ateliers »`),
    );
  });

  it('names a read that two declare as it names a resolver that two write', () => {
    const autre = { ...minimal, module: atelier.module } as typeof minimal;
    for (const champ of ['Query.atelierSeances', 'Query.atelierSeance', 'Mutation.atelierOuvrir']) {
      expect(() => new RegistreDispositifs([atelier, autre])).toThrow(`champ GraphQL « ${champ} » : revendiqué par`);
    }
  });

  it.each([
    ['échéance', { echeances: [{ code: 'E', libelle: 'E', depuis: 'x', dans: 'dureeMax', regle: 'TRANS-20' }] }],
    ['indicateur', { indicateurs: [{ code: 'I', libelle: 'I', unite: 'u', regle: 'TRANS-26' }] }],
  ])('also for an %s', (genre, propre) => {
    const un = { ...minimal, ...propre } as typeof minimal;
    const deux = { ...un, code: 'autre', prefixe: 'Autre', schema: 'plugin_autre', appels: [], libelle: 'Autre' };
    expect(() => new RegistreDispositifs([un, deux])).toThrow(new RegExp(`${genre} « .* revendiqué par`));
  });
});

describe('The conformance suite can fail', () => {
  it.each([
    ['un code en majuscules', { code: 'Minimal' }, 'minuscules'],
    ['aucun texte', { textes: [] }, 'texte source'],
    ['une durée qui n’est pas un paramètre', { convention: { ...minimal.convention, dureeMax: 'absent' } }, 'dureeMax'],
    ['une règle inconnue', { candidature: { ...minimal.candidature, regleFenetre: 'TRANS-099' } }, 'TRANS-099'],
  ])('for %s', (_, defaut, attendu) => {
    expect(verifierConformite({ ...minimal, ...defaut }, connues).join('\n')).toContain(attendu);
  });
});

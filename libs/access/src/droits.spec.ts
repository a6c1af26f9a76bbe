import { describe, expect, it } from '@jest/globals';
import { Refus } from '@sillage/kernel';
import fc from 'fast-check';
import {
  actions,
  contexte,
  DISPOSITIFS,
  DOSSIERS,
  dossier,
  droitDispositif,
  habilitation,
  habilitations,
  habiliter,
  STRUCTURES,
  TERRITOIRES,
} from '../test/arbitraires.js';
import type { Dossier } from '../test/arbitraires.js';
import type { Habilitation } from './acteur.js';
import { exigerDroit, peut } from './droits.js';
import type { ObjetProtege } from './droits.js';
import type { DroitDispositif } from './droits-dispositif.js';
import type { Declaration } from './roles/declaration.js';
import { FAITS_PUBLICS } from './roles/faits-publics.js';
import { DECLARATIONS } from './roles/index.js';
import { ACTIONS, SUJETS } from './vocabulaire.js';
import type { Action, Sujet, SujetSocle } from './vocabulaire.js';

const [LENS, ARRAS] = TERRITOIRES as [string, string];
const [HORIZON, AUTRE] = STRUCTURES as [string, string];
const [COACH, LOGEMENT] = DISPOSITIFS as [string, string];
const DEPOSEE: Dossier = { territoireIds: [LENS], structureId: HORIZON, dispositif: COACH, etat: 'DEPOSEE' };

const sujets = fc.constantFrom(...(Object.keys(SUJETS) as SujetSocle[]));

function essayer(liste: Habilitation[], action: Action, sujet: Sujet, objet: ObjetProtege = DEPOSEE): boolean {
  return peut(contexte(liste), action, sujet, objet);
}

describe('chaque rôle, en exemples', () => {
  const slai = habiliter('SLAI', { territoireIds: [LENS] });
  const association = habiliter('ASSOCIATION', { structureId: HORIZON });

  it('le SLAI donne son avis sur ses territoires, une fois la candidature déposée, et ne décide pas', () => {
    expect(essayer([slai], 'donnerAvis', 'Candidature')).toBe(true);
    expect(essayer([slai], 'donnerAvis', 'Candidature', { ...DEPOSEE, territoireIds: [ARRAS, LENS] })).toBe(true);
    expect(essayer([slai], 'donnerAvis', 'Candidature', { ...DEPOSEE, territoireIds: [ARRAS] })).toBe(false);
    expect(essayer([slai], 'lire', 'Candidature', { ...DEPOSEE, etat: 'BROUILLON' })).toBe(false);
    expect(essayer([slai], 'decider', 'Candidature')).toBe(false);
    expect(essayer([slai], 'liquiderVersement', 'Versement', { ...DEPOSEE, etat: 'PROPOSE' })).toBe(true);
    expect(essayer([slai], 'ordonnerVersement', 'Versement', { ...DEPOSEE, etat: 'LIQUIDE' })).toBe(false);
  });

  it('un SLAI sans territoire n’est nulle part, une association sans structure n’a rien', () => {
    expect(essayer([habiliter('SLAI')], 'lire', 'Candidature')).toBe(false);
    expect(essayer([habiliter('ASSOCIATION')], 'lire', 'Candidature', { ...DEPOSEE, structureId: null })).toBe(false);
  });

  it('le siège instruit, décide et paie, sans voir les brouillons ni accorder d’habilitation', () => {
    const siege = [habiliter('SIEGE')];
    for (const action of ['instruire', 'decider', 'conventionner', 'lireNominatif'] as const) {
      expect(essayer(siege, action, 'Candidature')).toBe(true);
    }
    expect(essayer(siege, 'liquiderVersement', 'Versement', { ...DEPOSEE, etat: 'PROPOSE' })).toBe(true);
    expect(essayer(siege, 'lire', 'Candidature', { ...DEPOSEE, etat: 'BROUILLON' })).toBe(false);
    expect(essayer(siege, 'habiliter', 'Habilitation')).toBe(false);
    expect(essayer(siege, 'activer', 'Activation')).toBe(false);
  });

  it('une association n’agit que sur ses propres dossiers et ne valide pas ses versements', () => {
    for (const action of ['creer', 'modifier', 'deposer', 'valider', 'abandonner', 'lire'] as const) {
      expect(essayer([association], action, 'Candidature')).toBe(true);
      expect(essayer([association], action, 'Candidature', { ...DEPOSEE, structureId: AUTRE })).toBe(false);
    }
    expect(essayer([association], 'signer', 'Convention')).toBe(true);
    expect(essayer([association], 'liquiderVersement', 'Versement')).toBe(false);
  });

  it('MDS et référent ASE ne voient que les conventions signées de leurs territoires', () => {
    for (const role of ['MDS', 'REFERENT_ASE'] as const) {
      const liste = [habiliter(role, { territoireIds: [LENS] })];
      expect(essayer(liste, 'lire', 'Convention', { ...DEPOSEE, etat: 'SIGNEE' })).toBe(true);
      expect(essayer(liste, 'lire', 'Convention', { ...DEPOSEE, etat: 'PROJET' })).toBe(false);
      expect(essayer(liste, 'lire', 'Candidature')).toBe(false);
      expect(essayer(liste, 'lireNominatif', 'Convention', { ...DEPOSEE, etat: 'SIGNEE' })).toBe(false);
    }
  });

  it('le DPD lit le journal et les faits publics, et ne voit de nom que dans le journal', () => {
    const publics = FAITS_PUBLICS.flatMap(({ sur }) => sur);
    for (const sujet of Object.keys(SUJETS) as SujetSocle[]) {
      const permises = (Object.keys(ACTIONS) as Action[]).filter((action) =>
        essayer([habiliter('DPD')], action, sujet, { ...DEPOSEE, etat: 'PUBLIE' }),
      );
      const attendues = sujet === 'Journal' ? ['lire', 'lireNominatif'] : publics.includes(sujet) ? ['lire'] : [];
      expect([sujet, permises]).toEqual([sujet, attendues]);
    }
  });

  it('toute personne habilitée lit les appels publiés, pas les brouillons ; personne d’autre ne lit rien', () => {
    const liste = [habiliter('CLLAJ', { structureId: AUTRE, dispositifs: [LOGEMENT] })];
    expect(essayer(liste, 'lire', 'Appel', { ...DEPOSEE, etat: 'PUBLIE' })).toBe(true);
    expect(essayer(liste, 'lire', 'Appel', { ...DEPOSEE, etat: 'BROUILLON' })).toBe(false);
    expect(essayer(liste, 'lire', 'Territoire', {})).toBe(true);
    expect(essayer([], 'lire', 'Territoire', {})).toBe(false);
  });
});

describe('propriétés, pour toutes les habilitations et tous les dossiers', () => {
  it('ce qui est permis est exactement ce qui est déclaré', () => {
    fc.assert(
      fc.property(habilitations, actions, sujets, dossier, (liste, action, sujet, objet) => {
        expect(essayer(liste, action, sujet, objet)).toBe(declare(liste, action, sujet, objet));
      }),
      { numRuns: 2000 },
    );
  });

  it('une habilitation de plus ne retire rien', () => {
    fc.assert(
      fc.property(habilitations, habilitation, actions, sujets, dossier, (liste, une, action, sujet, objet) => {
        if (essayer(liste, action, sujet, objet)) expect(essayer([...liste, une], action, sujet, objet)).toBe(true);
      }),
    );
  });

  it('limitée à un dispositif, une habilitation ne permet rien sur un autre', () => {
    fc.assert(
      fc.property(habilitation, actions, fc.constantFrom(...DOSSIERS), dossier, (une, action, sujet, objet) => {
        const limitee = { ...une, dispositifs: [COACH] };
        if (objet.dispositif !== COACH) expect(essayer([limitee], action, sujet, objet)).toBe(false);
      }),
    );
  });

  it('l’administrateur ne touche pas à l’argent et ne voit rien de nominatif dans les dossiers', () => {
    const interdits = [
      'decider',
      'conventionner',
      'signer',
      'liquiderVersement',
      'refuserVersement',
      'lireNominatif',
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...interdits), fc.constantFrom(...DOSSIERS), dossier, (action, sujet, objet) => {
        expect(essayer([habiliter('ADMINISTRATEUR')], action, sujet, objet)).toBe(false);
      }),
    );
  });
});

describe('droits ajoutés par un dispositif', () => {
  const avis: DroitDispositif = {
    dispositif: LOGEMENT,
    role: 'MDS',
    actions: ['donnerAvis'],
    sujet: 'Candidature',
    portee: 'TERRITOIRE',
    regles: ['AMB-105'],
  };
  const mds = habiliter('MDS', { territoireIds: [LENS] });

  it('ne comptent que pour lui, dans la portée dite', () => {
    const avec = contexte([mds], [avis]);
    expect(peut(avec, 'donnerAvis', 'Candidature', { ...DEPOSEE, dispositif: LOGEMENT })).toBe(true);
    expect(peut(avec, 'donnerAvis', 'Candidature', DEPOSEE)).toBe(false);
    expect(peut(avec, 'donnerAvis', 'Candidature', { ...DEPOSEE, dispositif: LOGEMENT, territoireIds: [ARRAS] })).toBe(
      false,
    );
  });

  it('ne comptent pas pour une habilitation qui laisse ce dispositif de côté', () => {
    const ailleurs = contexte([{ ...mds, dispositifs: [COACH] }], [{ ...avis, sujet: 'FicheLogement' }]);
    expect(peut(ailleurs, 'donnerAvis', 'FicheLogement', { territoireIds: [LENS] })).toBe(false);
    const ici = contexte([{ ...mds, dispositifs: [LOGEMENT] }], [{ ...avis, sujet: 'FicheLogement' }]);
    expect(peut(ici, 'donnerAvis', 'FicheLogement', { territoireIds: [LENS] })).toBe(true);
  });

  it('jamais, sur un dossier, au-delà du dispositif, du rôle et des actions déclarés', () => {
    fc.assert(
      fc.property(
        habilitations,
        fc.array(droitDispositif),
        actions,
        fc.constantFrom(...DOSSIERS),
        dossier,
        (...tout) => {
          const [liste, droits, action, sujet, objet] = tout;
          const ajoute = peut(contexte(liste, droits), action, sujet, objet) && !essayer(liste, action, sujet, objet);
          const declares = droits.filter(
            (droit) =>
              droit.dispositif === objet.dispositif &&
              droit.sujet === sujet &&
              droit.actions.includes(action) &&
              liste.some(({ role }) => role === droit.role),
          );
          if (ajoute) expect(declares).not.toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('exigerDroit', () => {
  const lens = contexte([habiliter('SLAI', { territoireIds: [LENS] })]);
  const code = (agir: () => void): string => {
    try {
      agir();
    } catch (erreur) {
      return (erreur as Refus).erreurs[0]!.code;
    }
    return 'AUCUN';
  };

  it('laisse passer, interdit ce qui se lit, cache le reste', () => {
    expect(code(() => exigerDroit(lens, 'donnerAvis', 'Candidature', DEPOSEE))).toBe('AUCUN');
    expect(code(() => exigerDroit(lens, 'decider', 'Candidature', DEPOSEE))).toBe('ACTION_INTERDITE');
    const ailleurs = { ...DEPOSEE, territoireIds: [ARRAS] };
    expect(code(() => exigerDroit(lens, 'decider', 'Candidature', ailleurs))).toBe('INTROUVABLE');
    expect(code(() => exigerDroit(lens, 'lire', 'Candidature', ailleurs))).toBe('INTROUVABLE');
  });

  it('ce qui n’existe pas encore n’est pas « introuvable »', () => {
    expect(code(() => exigerDroit(lens, 'creer', 'Candidature', { ...DEPOSEE, etat: 'BROUILLON' }))).toBe(
      'ACTION_INTERDITE',
    );
  });

  it('un champ qui manque est une faute de programmation, pas un refus', () => {
    const { territoireIds, structureId, dispositif } = DEPOSEE;
    const sansEtat = { territoireIds, structureId, dispositif };
    expect(() => peut(lens, 'lire', 'Candidature', sansEtat)).toThrow('« etat »');
    expect(() => peut(lens, 'lire', 'Candidature', sansEtat)).not.toThrow(Refus);
  });
});

/** The same meaning, said another way: no CASL, no condition, only the declarations read in plain order. */
function declare(liste: Habilitation[], action: Action, sujet: SujetSocle, objet: Dossier): boolean {
  const vise = (droit: Declaration): boolean =>
    droit.peut.includes(action) &&
    droit.sur.includes(sujet) &&
    (!droit.etats || (objet.etat !== null && droit.etats.includes(objet.etat))) &&
    (!droit.saufEtats || objet.etat === null || !droit.saufEtats.includes(objet.etat));
  if (liste.length > 0 && FAITS_PUBLICS.some(vise)) return true;
  const champs: readonly string[] = SUJETS[sujet].champs;
  return liste.some(({ role, territoireIds, structureId, dispositifs }) => {
    const duDispositif =
      dispositifs.length === 0 ||
      (champs.includes('dispositif') && objet.dispositif !== null && dispositifs.includes(objet.dispositif));
    const dansLaPortee = {
      PARTOUT: true,
      MES_TERRITOIRES: territoireIds.some((id) => objet.territoireIds.includes(id)),
      MA_STRUCTURE: structureId !== null && structureId === objet.structureId,
    };
    const droits = DECLARATIONS.find((declaration) => declaration.role === role)?.droits ?? [];
    return duDispositif && droits.some((droit) => vise(droit) && dansLaPortee[droit.ou]);
  });
}

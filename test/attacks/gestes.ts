import type { Action } from '@sillage/access';
import type { Dispositif } from '@sillage/dispositif-kit';
import { type Departement, idDe, STRUCTURES, TERRITOIRES } from './monde/acteurs.js';

/** What must be allowed, on which subject; `sur` names the input that designates the row (`OBJETS`, by the type that its id bears). */
export interface Exigence {
  readonly action: Action;
  readonly sujet: string;
  /** Refused for what it is, whether or not the caller may read the subject elsewhere. */
  readonly toujoursDite?: true;
}

/** One mutation: the right that it asks, declared here once more so that a change of the code alone is seen. */
export interface Geste {
  /** In the order in which they are judged. */
  readonly exige: readonly Exigence[];
  /** The input that names the row, and the GraphQL type of its id. Without it, the rights are on what the input says itself. */
  readonly ligne?: { readonly argument: string; readonly type: string };
  /** Only for a role that follows the dispositif: the siège, and those whose opinion it asks (AMB-193). */
  readonly suivi?: true;
  /** Only for the party that signs. */
  readonly partie?: true;
  /** Values that the schema alone does not tell. */
  readonly valeurs?: (lieu: LieuDuGeste) => Readonly<Record<string, unknown>>;
}

export interface LieuDuGeste {
  readonly departement: Departement;
  readonly dispositif: Dispositif;
}

const sur = (argument: string, type: string, ...exige: Exigence[]): Geste => ({ exige, ligne: { argument, type } });
const droit = (action: Action, sujet: string): Exigence => ({ action, sujet });

const candidature = (action: Action): Geste =>
  sur('candidatureId', 'Candidature', droit('lire', 'Candidature'), droit(action, 'Candidature'));
const convention = (action: Action): Geste =>
  sur('conventionId', 'Convention', droit('lire', 'Convention'), droit(action, 'Convention'));
const avenant = (action: Action): Geste =>
  sur('avenantId', 'Avenant', droit('lire', 'Convention'), droit(action, 'Convention'));
const cotation = (action: Action): Geste =>
  sur('cotationId', 'Cotation', droit('lire', 'Cotation'), droit(action, 'Cotation'));
const bilan = (action: Action): Geste => sur('bilanId', 'Bilan', droit('lire', 'Bilan'), droit(action, 'Bilan'));
const suivi = (action: Action): Geste => sur('suiviId', 'Suivi', droit('lire', 'Bilan'), droit(action, 'Bilan'));
const versement = (action: Action): Geste =>
  sur('versementId', 'Versement', droit('lire', 'Versement'), droit(action, 'Versement'));
const piece = (action: Action): Geste =>
  sur('pieceId', 'Piece', droit('lire', 'Candidature'), droit(action, 'Candidature'));
const jeune = (action: Action): Geste => sur('jeuneId', 'Jeune', droit('lire', 'Jeune'), droit(action, 'Jeune'));

type Valeurs = Readonly<Record<string, unknown>>;

const lieu = ({ departement, dispositif }: LieuDuGeste): Valeurs => ({
  dispositif: dispositif.code,
  territoires: [TERRITOIRES[departement][0]],
});
const motif = (): Valeurs => ({ motif: 'Attaque.' });
const convenir = (): Valeurs => ({ du: '2026-03-01', au: '2026-08-31' });

/** By mutation; `*` stands for the prefix of a dispositif, and the name of its report. A mutation of the schema that is not here fails the suite. */
export const GESTES: Readonly<Record<string, Geste>> = {
  appelCreer: {
    exige: [droit('creer', 'Appel')],
    valeurs: (l) => ({ ...lieu(l), code: 'attaque-nouveau', ouverture: '2026-03-01', cloture: '2026-04-01' }),
  },
  appelModifier: sur('id', 'Appel', droit('lire', 'Appel'), droit('modifier', 'Appel')),
  appelDupliquer: {
    ...sur('appelId', 'Appel', droit('lire', 'Appel'), droit('creer', 'Appel'), droit('parametrer', 'Parametre')),
    valeurs: () => ({ ...motif(), code: 'attaque-copie', decalageMois: 12, parametres: [] }),
  },
  appelPublier: sur('id', 'Appel', droit('lire', 'Appel'), droit('publier', 'Appel')),
  'candidature*Creer': {
    exige: [droit('creer', 'Candidature')],
    valeurs: ({ departement, dispositif }) => ({
      appelId: `Appel-${idDe(departement, 'appel', `${dispositif.code} PUBLIE`)}`,
    }),
  },
  'candidature*Enregistrer': candidature('modifier'),
  pieceTicketDemander: {
    ...candidature('joindre'),
    valeurs: () => ({ code: 'ATTAQUE', taille: 1, sha256: '0'.repeat(64), type: 'application/pdf' }),
  },
  pieceLiberer: { ...piece('libererPieces'), valeurs: motif },
  pieceRefuser: { ...piece('libererPieces'), valeurs: motif },
  candidatureDeposer: candidature('deposer'),
  candidatureValider: candidature('valider'),
  candidatureAbandonner: candidature('abandonner'),
  candidatureReprendre: {
    ...sur('candidatureId', 'Candidature', droit('lire', 'Candidature'), droit('creer', 'Candidature')),
    valeurs: ({ departement, dispositif }) => ({
      appelId: `Appel-${idDe(departement, 'appel', `${dispositif.code} PUBLIE`)}`,
    }),
  },
  candidatureDemanderComplement: {
    ...candidature('instruire'),
    valeurs: () => ({ texte: 'Attaque.', champs: [], pieces: ['ATTAQUE'] }),
  },
  candidatureRetirerComplement: { ...candidature('instruire'), valeurs: motif },
  'candidature*RepondreComplement': candidature('modifier'),
  candidaturesImporter: {
    ...sur('appelId', 'Appel', droit('lire', 'Appel'), { ...droit('importer', 'Candidature'), toujoursDite: true }),
    valeurs: () => ({ contenu: 'Référence;SIRET;Territoires;Dépôt\nATTAQUE;1;x;x' }),
  },
  candidatureDonnerAvis: { ...candidature('donnerAvis'), valeurs: motif },
  candidatureDecider: { ...candidature('decider'), valeurs: () => ({ ...motif(), confirmations: [] }) },
  'convention*Preparer': { ...candidature('conventionner'), valeurs: convenir },
  conventionSigner: { ...convention('signer'), partie: true },
  conventionAbandonner: { ...convention('conventionner'), valeurs: motif },
  conventionResilier: { ...convention('signer'), partie: true, valeurs: motif },
  'avenant*Preparer': { ...convention('conventionner'), valeurs: () => ({ ...motif(), effetLe: '2025-06-01' }) },
  avenantSigner: { ...avenant('signer'), partie: true },
  avenantAbandonner: { ...avenant('conventionner'), valeurs: motif },
  'bilan*Remettre': sur('conventionId', 'Convention', droit('lire', 'Convention'), {
    ...droit('remettre', 'Bilan'),
    toujoursDite: true,
  }),
  'bilan*Confirmer': { ...bilan('confirmer'), suivi: true },
  'suivi*Remettre': sur('conventionId', 'Convention', droit('lire', 'Convention'), {
    ...droit('remettre', 'Bilan'),
    toujoursDite: true,
  }),
  suiviConfirmer: { ...suivi('confirmer'), suivi: true },
  suiviRenvoyer: { ...suivi('confirmer'), suivi: true, valeurs: motif },
  bilanRenvoyer: { ...bilan('confirmer'), suivi: true, valeurs: motif },
  bilanRouvrir: { ...bilan('rouvrir'), valeurs: motif },
  cotationRenseigner: {
    ...sur('conventionId', 'Convention', droit('lire', 'Convention'), {
      ...droit('remettre', 'Cotation'),
      toujoursDite: true,
    }),
    valeurs: () => ({ preuves: [{ item: 'B1', preuve: 'Attaque' }] }),
  },
  cotationSoumettre: cotation('remettre'),
  cotationNoter: { ...cotation('noter'), valeurs: () => ({ notes: [{ item: 'B1', points: 1 }] }) },
  cotationProposer: cotation('noter'),
  cotationObserver: {
    ...cotation('remettre'),
    valeurs: () => ({ observations: [{ item: 'B1', observation: 'Attaque' }] }),
  },
  cotationArreter: cotation('arreter'),
  cotationRouvrir: { ...cotation('rouvrir'), valeurs: motif },
  versementLiquider: { ...versement('liquiderVersement'), suivi: true },
  versementOrdonner: versement('ordonnerVersement'),
  versementRefuser: { ...versement('refuserVersement'), valeurs: motif },
  versementsRecalculer: sur('appelId', 'Appel', droit('lire', 'Appel'), droit('recalculer', 'Tache')),
  bordereauEmettre: { exige: [droit('emettre', 'Bordereau')] },
  bordereauRetourImporter: { exige: [droit('emettre', 'Bordereau')] },
  creditsOuvrir: {
    ...sur('appelId', 'Appel', droit('lire', 'Appel'), droit('ouvrirCredits', 'Enveloppe')),
    valeurs: motif,
  },
  ecritureCorriger: {
    ...sur('ecritureId', 'Ecriture', droit('lire', 'Enveloppe'), droit('corriger', 'Enveloppe')),
    valeurs: motif,
  },
  communeRattacher: {
    exige: [droit('modifier', 'Territoire')],
    valeurs: ({ departement }) => ({
      commune: departement === '62' ? '62498' : '98991',
      territoire: TERRITOIRES[departement][0],
      du: '2026-05-01',
    }),
  },
  structureEnregistrer: {
    ...sur('id', 'Structure', droit('modifier', 'Structure')),
    valeurs: (l) => ({ territoires: lieu(l).territoires, siret: '73282932000074', nature: 'ASSOCIATION' }),
  },
  dispositifActiver: { exige: [droit('activer', 'Activation')], valeurs: (l) => ({ ...lieu(l), du: '2029-01-01' }) },
  dispositifDesactiver: {
    exige: [droit('activer', 'Activation')],
    valeurs: (l) => ({ ...lieu(l), aCompterDu: '2029-06-01' }),
  },
  habilitationAccorder: {
    exige: [droit('habiliter', 'Habilitation')],
    valeurs: () => ({
      iss: 'https://ailleurs.exemple.test',
      sub: 'attaque-accordee',
      role: 'SIEGE',
      dispositifs: [],
      territoires: [],
    }),
  },
  habilitationRevoquer: {
    ...sur('id', 'Habilitation', droit('habiliter', 'Habilitation')),
    valeurs: motif,
  },
  parametreSurcharger: {
    exige: [droit('parametrer', 'Parametre')],
    valeurs: (l) => ({
      ...lieu(l),
      cle: Object.keys(l.dispositif.parametres)[0] ?? '',
      portee: 'TERRITOIRE',
      porteeId: TERRITOIRES[l.departement][0],
      du: '2031-01-01',
      ...motif(),
    }),
  },
  parametreSurchargeAnnuler: {
    ...sur('id', 'SurchargeParametre', droit('lire', 'Parametre'), droit('parametrer', 'Parametre')),
    valeurs: motif,
  },
  jeuneExporter: jeune('exporter'),
  jeuneRectifier: { ...jeune('rectifier'), valeurs: () => ({ ...motif(), telephone: '06 00 00 00 00' }) },
  jeuneLimiter: { ...jeune('limiter'), valeurs: motif },
  jeuneLeverLimitation: jeune('limiter'),
  jeuneEffacer: { ...jeune('effacer'), valeurs: () => ({ motif: 'DEMANDE' }) },
  conservationViser: {
    ...sur('propositionId', 'PropositionConservation', droit('lire', 'Jeune'), droit('effacer', 'Jeune')),
    valeurs: () => ({ ...motif(), confirmer: false }),
  },
  // Of the micro-plugin.
  atelierOuvrir: {
    exige: [droit('creer', 'Atelier')],
    valeurs: ({ departement }) => ({ territoire: TERRITOIRES[departement][0] }),
  },
};

/** Where an input chooses the structure and the territories itself: each choice is attempted. */
export function choixDeCreation(departement: Departement): readonly {
  readonly structureId: string;
  readonly territoires: readonly string[];
}[] {
  const [chezSoi, ailleurs] = TERRITOIRES[departement];
  return STRUCTURES.flatMap((structure) =>
    [[chezSoi], [ailleurs]].map((territoires) => ({
      structureId: idDe(departement, 'structure', structure),
      territoires,
    })),
  );
}

/** The rule of a mutation of the schema, and the dispositif that its name bears; null when nobody declared it. */
export function gesteDe(
  mutation: string,
  dispositifs: readonly Dispositif[],
): { readonly geste: Geste; readonly dispositif: Dispositif | null } | null {
  if (Object.hasOwn(GESTES, mutation)) return { geste: GESTES[mutation] as Geste, dispositif: null };
  for (const dispositif of dispositifs) {
    for (const nom of [...Object.keys(dispositif.suivis ?? {}).map(capitaliser), '']) {
      const geste = GESTES[mutation.replace(`${dispositif.prefixe}${nom}`, '*')];
      if (geste !== undefined) return { geste, dispositif };
    }
  }
  return null;
}

function capitaliser(nom: string): string {
  return nom.charAt(0).toUpperCase() + nom.slice(1);
}

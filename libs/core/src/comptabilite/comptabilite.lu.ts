import { DateCivileScalaire, HorodatageScalaire, MontantScalaire } from '@sillage/dispositif-kit';
import {
  calcul,
  colonne,
  egal,
  euros,
  type Filtre,
  identifiant,
  instant,
  jour,
  type Ligne,
  page,
  parmi,
  partie,
  type Racine,
  type TypeLu,
  un,
} from '@sillage/read';
import { ID } from '@nestjs/graphql';
import { enumerationGraphql, lireDate, lireId } from '../api/index.js';
import { DERNIERS_D_ABORD } from '../api/ordre.js';
import { appelLu } from '../appels/index.js';
import { type Compte, COMPTES, NATURES } from './compte.js';

const CompteEnum = enumerationGraphql(COMPTES, 'CompteEnveloppe', 'Un compte du grand livre.');
const NatureEcritureEnum = enumerationGraphql(NATURES, 'NatureEcriture', 'Ce qu’une écriture constate.');

/** A line of the ledger: read by what leads to it, its enveloppe or its versement. */
export const ecritureLue: TypeLu = {
  nom: 'Ecriture',
  description: 'Une ligne du grand livre : un montant passe d’un compte à un autre. Elle ne change jamais.',
  table: 'sillage.ecriture',
  champs: {
    nature: colonne(() => NatureEcritureEnum, 'nature'),
    jour: jour(() => DateCivileScalaire, 'jour', { description: 'Jour où elle a été passée.' }),
    montant: euros(() => MontantScalaire, 'centimes'),
    de: colonne(() => CompteEnum, 'de', { description: 'Compte d’où part le montant.' }),
    vers: colonne(() => CompteEnum, 'vers', { description: 'Compte où il va.' }),
    conventionId: identifiant(() => ID, 'Convention', 'convention_id', { nullable: true }),
    versementId: identifiant(() => ID, 'Versement', 'versement_id', { nullable: true }),
    corrigeId: identifiant(() => ID, 'Ecriture', 'corrige_id', {
      nullable: true,
      description: 'L’écriture que celle-ci annule.',
    }),
    motif: colonne(() => String, 'motif', { nullable: true, description: 'D’une correction : pourquoi.' }),
    passeeLe: instant(() => HorodatageScalaire, 'passee_le'),
  },
};

/** Cents of an account: as PostgreSQL keeps it or, at a past date, as its écritures say. */
function centimesDe(l: Ligne, compte: Compte): string {
  const au = l.argument('au');
  const enveloppe = (alias: string): string => `${alias}.enveloppe_id = ${l.colonne('id')}`;
  if (au === null) {
    return `(select coalesce(sum(s.centimes), 0) from sillage.solde s where ${enveloppe('s')} and s.compte = '${compte}')`;
  }
  return `(select coalesce(sum(case '${compte}' when e.vers then e.centimes when e.de then - e.centimes else 0 end), 0)
    from sillage.ecriture e where ${enveloppe('e')} and e.jour <= ${au})`;
}

const solde = (compte: Compte, description: string, signe = '') =>
  calcul(
    () => MontantScalaire,
    (l) => `round(${signe}${centimesDe(l, compte)}::numeric / 100, 2)::text`,
    { description },
  );

const soldesLus: TypeLu = {
  nom: 'SoldesEnveloppe',
  description:
    'Où en sont les crédits d’une enveloppe. Ouvert = disponible + engagé + liquidé + ordonnancé + payé + à reverser + titré.',
  sansId: true,
  champs: {
    ouvert: solde('CREDITS', 'Crédits ouverts.', '-'),
    disponible: solde('DISPONIBLE', COMPTES.DISPONIBLE),
    engage: solde('ENGAGE', COMPTES.ENGAGE),
    liquide: solde('LIQUIDE', COMPTES.LIQUIDE),
    ordonnance: solde('MANDATE', COMPTES.MANDATE),
    paye: solde('PAYE', COMPTES.PAYE),
    aReverser: solde('A_REVERSER', COMPTES.A_REVERSER),
    titre: solde('TITRE', COMPTES.TITRE),
  },
};

/** The credits of an appel (TRANS-10). */
export const enveloppeLue: TypeLu = {
  nom: 'Enveloppe',
  description:
    'Les crédits d’un appel à projets, ce qui en est engagé, payé, disponible, et le grand livre qui le dit.',
  table: 'sillage.enveloppe',
  droits: { sujet: 'Enveloppe', champs: (alias) => ({ dispositif: { colonne: `${alias}.dispositif` } }) },
  champs: {
    numero: colonne(() => String, 'numero', { description: 'Numéro lisible, par exemple ENV-62-2026-000003.' }),
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    appel: un(() => appelLu, { par: 'appel_id', nullable: true }),
    limitative: colonne(() => Boolean, 'limitative', {
      description: 'Vrai si l’on n’engage jamais plus que les crédits ouverts.',
    }),
    regle: colonne(() => String, 'regle', { description: 'Règle qui la limite, ou qui dit que rien ne le fait.' }),
    soldes: partie(() => soldesLus, { description: 'Aujourd’hui, ou à la date demandée par `au`.' }),
    ecritures: page(() => ecritureLue, {
      par: 'enveloppe_id',
      ordre: DERNIERS_D_ABORD,
      filtres: {
        natures: parmi(() => NatureEcritureEnum, 'nature'),
        conventionId: egal(() => ID, 'convention_id', {
          typeSql: 'uuid',
          lire: (id: string) => lireId('Convention', id, ['conventionId']),
        }),
      },
    }),
    creeLe: instant(() => HorodatageScalaire, 'cree_le'),
  },
};

const A_LA_DATE: Filtre = {
  type: () => DateCivileScalaire,
  typeSql: 'date',
  description: 'Soldes à la fin de ce jour ; aujourd’hui si vous ne dites rien.',
  lire: (jourDemande: string) => lireDate(jourDemande, ['au']).toString(),
};

export const racinesComptabilite: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'enveloppes',
    type: enveloppeLue,
    description: 'Les enveloppes que vous pouvez consulter, de la plus récente à la plus ancienne.',
    ordre: DERNIERS_D_ABORD,
    filtres: {
      dispositif: egal(() => String, 'dispositif', { description: 'Code d’un dispositif.' }),
      au: A_LA_DATE,
    },
  },
  {
    genre: 'un',
    nom: 'enveloppe',
    type: enveloppeLue,
    description: 'Nulle si elle n’existe pas ou ne vous est pas accessible.',
  },
];

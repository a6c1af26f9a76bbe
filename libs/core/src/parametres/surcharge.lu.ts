import { DateCivileScalaire, HorodatageScalaire, type Portee } from '@sillage/dispositif-kit';
import { calcul, calcule, colonne, identifiant, instant, jour, type Ligne, partie, type TypeLu } from '@sillage/read';
import { ID } from '@nestjs/graphql';
import { enumerationGraphql } from '../api/enumeration-graphql.js';
import { JsonScalaire } from '../dispositifs/index.js';
import { ValeursAffichees } from './surcharge.affichage.js';

export const PORTEES = {
  APPEL: 'Pour un appel à projets.',
  TERRITOIRE: 'Pour un territoire.',
  CONVENTION: 'Pour une convention.',
  ANNEXE: 'Pour une convention, par une annexe, qui l’emporte sur elle.',
} as const satisfies Record<Portee, string>;

export const OrigineParametreEnum = enumerationGraphql(
  { DISPOSITIF: 'Valeur du texte ou de son interprétation, pour tout le Département.', ...PORTEES },
  'OrigineParametre',
  'D’où vient une valeur ; chacune l’emporte sur celles qui la précèdent.',
);

/** What an override is for, as people call it; `alias` is the override's row. */
export function cibleSql(alias: string): string {
  const libelle = (table: string, colonneSql: string): string =>
    `(select x.${colonneSql} from sillage.${table} x where x.departement_id = ${alias}.departement_id and x.id = ${alias}.portee_id)`;
  return `case ${alias}.portee when 'APPEL' then ${libelle('appel', 'libelle')}
    when 'TERRITOIRE' then ${libelle('territoire', 'libelle')} else ${libelle('convention', 'numero')} end`;
}

/** Name of the user whose id a column of the override holds. */
export function auteurSql(alias: string, colonneSql: 'decide_par' | 'annulee_par'): string {
  return `(select u.libelle from sillage.utilisateur u
    where u.departement_id = ${alias}.departement_id and u.id = ${alias}.${colonneSql})`;
}

/** The reason of a cancellation is in the journal, where it was written once. */
export function motifAnnulationSql(alias: string): string {
  return `(select j.details ->> 'motif' from sillage.journal j
    where j.departement_id = ${alias}.departement_id and j.objet_type = 'SurchargeParametre' and j.objet_id = ${alias}.id
      and j.action = 'PARAMETRE_SURCHARGE_ANNULER' limit 1)`;
}

/** A value as it is shown: of an override, or one that a dispositif declares, of which there is no row. */
export const valeurParametreLue: TypeLu = {
  nom: 'ValeurParametre',
  description: 'Une valeur, déclarée par le dispositif ou décidée par quelqu’un.',
  sansId: true,
  champs: {
    id: identifiant(() => ID, 'SurchargeParametre', 'id', {
      nullable: true,
      description: 'Identifiant de la décision ; nul pour une valeur déclarée.',
    }),
    valeur: calcule(
      () => String,
      () => ValeursAffichees,
      { description: 'La valeur comme on la lit.' },
    ),
    valeurBrute: colonne(() => JsonScalaire, 'valeur', { description: 'La valeur comme on la saisit.' }),
    origine: colonne(() => OrigineParametreEnum, 'portee', { description: 'D’où elle vient.' }),
    cible: calcul(() => String, surLaLigne(cibleSql), {
      nullable: true,
      description: 'L’appel, le territoire ou la convention en cause.',
    }),
    du: jour(() => DateCivileScalaire, 'du', { description: 'Premier jour.' }),
    au: jour(() => DateCivileScalaire, 'au', {
      nullable: true,
      description: 'Dernier jour, inclus ; nul : sans fin prévue.',
    }),
    motif: colonne(() => String, 'motif', { nullable: true, description: 'Pourquoi cette valeur a été décidée.' }),
    decidePar: calcul(
      () => String,
      surLaLigne((alias) => auteurSql(alias, 'decide_par')),
      {
        nullable: true,
        description: 'Qui l’a décidée.',
      },
    ),
    decideLe: instant(() => HorodatageScalaire, 'decide_le', {
      nullable: true,
      description: 'Quand elle a été décidée.',
    }),
    annuleeLe: instant(() => HorodatageScalaire, 'annulee_le', {
      nullable: true,
      description: 'Une valeur annulée ne compte plus ; elle reste pour mémoire.',
    }),
    annuleePar: calcul(
      () => String,
      surLaLigne((alias) => auteurSql(alias, 'annulee_par')),
      {
        nullable: true,
        description: 'Qui l’a annulée.',
      },
    ),
    motifAnnulation: calcul(() => String, surLaLigne(motifAnnulationSql), {
      nullable: true,
      description: 'Pourquoi elle a été annulée.',
    }),
  },
};

export const surchargeLue: TypeLu = {
  nom: 'SurchargeParametre',
  description: 'Une valeur décidée pour un appel, un territoire ou une convention.',
  table: 'sillage.parametre_surcharge',
  droits: { sujet: 'Parametre', champs: (alias) => ({ dispositif: { colonne: `${alias}.dispositif` } }) },
  champs: {
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    cle: colonne(() => String, 'cle', { description: 'Clé du paramètre.' }),
    valeur: partie(() => valeurParametreLue, { description: 'La valeur, ses dates et sa décision.' }),
  },
};

function surLaLigne(sql: (alias: string) => string): (ligne: Ligne) => string {
  return ({ alias }) => sql(alias);
}

import { DateCivileScalaire, HorodatageScalaire } from '@sillage/dispositif-kit';
import { FUSEAU } from '@sillage/kernel';
import { calcul, type Champ, colonne, instant, jour, type Ligne, type TypeLu } from '@sillage/read';
import { Int } from '@nestjs/graphql';
import { jourSql } from '../api/jour-sql.js';
import { JsonScalaire } from '../dispositifs/json.scalaire.js';

const jourDe = (instantDeSql: string): string => `(${instantDeSql} at time zone '${FUSEAU}')::date`;

/** Seen by who sees the candidature. */
export const complementLu: TypeLu = {
  nom: 'ComplementCandidature',
  description: 'Ce que le Département a demandé à compléter, et ce qui est venu (AMB-107).',
  table: 'sillage.candidature_complement',
  sansId: true,
  champs: {
    champs: colonne(() => [String], 'champs', { description: 'Clés des champs à reprendre : eux seuls changent.' }),
    pieces: colonne(() => [String], 'pieces', {
      description: 'Codes des pièces demandées, à joindre à la candidature.',
    }),
    texte: colonne(() => String, 'texte'),
    echeance: jour(() => DateCivileScalaire, 'echeance', { description: 'Dernier jour pour répondre, inclus.' }),
    demandeLe: instant(() => HorodatageScalaire, 'demande_le'),
    renduLe: instant(() => HorodatageScalaire, 'rendu_le', {
      nullable: true,
      description: 'Nul tant qu’il est attendu.',
    }),
    retireLe: instant(() => HorodatageScalaire, 'retire_le', {
      nullable: true,
      description: 'Depuis quand il n’est plus demandé.',
    }),
    motifRetrait: colonne(() => String, 'motif_retrait', { nullable: true }),
    enRetard: calcul(
      () => Boolean,
      (l) => `(${l.colonne('retire_le')} is null
        and coalesce(${jourDe(l.colonne('rendu_le'))}, ${jourSql(l)}) > ${l.colonne('echeance')})`,
      { description: 'Vrai s’il est attendu, ou a été rendu, après l’échéance. Rien n’en découle seul (TRANS-20).' },
    ),
    reponse: colonne(() => String, 'reponse', { nullable: true }),
    avant: version('avant', 'Les champs demandés, tels qu’ils étaient.'),
    apres: version('apres', 'Les champs demandés, tels qu’ils ont été rendus ; nul tant qu’il est attendu.'),
  },
};

function version(nom: 'avant' | 'apres', description: string): Champ {
  return calcul(
    () => JsonScalaire,
    (l) => `(${l.colonne(nom)} - ${l.colonne('reserves')})`,
    {
      nominatif: true,
      description: `${description} Ceux que tous ne lisent pas n’y sont pas.`,
    },
  );
}

/** Days of instruction since the validation, until the decision: those that a completion was awaited, at most to its deadline, do not count. */
export const joursInstruction: Champ = calcul(
  () => Int,
  (
    l,
  ) => `(case when ${l.colonne('validee_le')} is not null then greatest(0, ${finDInstruction(l)} - ${jourDe(l.colonne('validee_le'))}
    - coalesce((select sum(greatest(0, least(coalesce(${jourDe('coalesce(k.rendu_le, k.retire_le)')}, ${jourSql(l)}), k.echeance + 1) - ${jourDe('k.demande_le')}))
        from sillage.candidature_complement k where k.departement_id = ${l.alias}.departement_id and k.candidature_id = ${l.colonne('id')}), 0))::int end)`,
  {
    nullable: true,
    description: 'Jours d’instruction depuis la validation, attentes de complément déduites ; nul avant elle.',
  },
);

export const instructionSuspendue: Champ = calcul(
  () => Boolean,
  (l) => `exists (select from sillage.candidature_complement k where k.departement_id = ${l.alias}.departement_id
    and k.candidature_id = ${l.colonne('id')} and k.rendu_le is null and k.retire_le is null and k.echeance >= ${jourSql(l)})`,
  { description: 'Vrai tant qu’un complément est attendu et que son échéance n’est pas passée.' },
);

function finDInstruction(l: Ligne): string {
  return `coalesce((select ${jourDe('d.prise_le')} from sillage.candidature_decision d
    where d.departement_id = ${l.alias}.departement_id and d.candidature_id = ${l.colonne('id')}), ${jourSql(l)})`;
}

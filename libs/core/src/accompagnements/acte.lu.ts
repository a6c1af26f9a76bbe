import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { chiffre, colonne, type Ordre, type TypeLu, jour } from '@sillage/read';
import { Int } from '@nestjs/graphql';
import { enumerationGraphql } from '../api/index.js';

const NatureActeEnum = enumerationGraphql(
  {
    ENTRETIEN: 'Entretien',
    ATELIER: 'Atelier',
    APPEL: 'Appel téléphonique',
    COURRIER: 'Courrier ou message',
    VISITE: 'Visite',
    ORIENTATION: 'Orientation vers un partenaire',
    BILAN: 'Bilan',
  },
  'NatureActe',
  'Ce qui a été fait avec le jeune, ou pour lui.',
);

/** Latest first. */
export const LES_PLUS_RECENTS: Ordre = { sens: 'desc', colonnes: [{ nom: 'date', type: 'date' }] };

/** Seen by who sees the accompagnement (TRANS-22). */
export const acteLu: TypeLu = {
  nom: 'Acte',
  description: 'Une rencontre, un appel, une démarche : ce qui a été fait au cours d’un accompagnement.',
  table: 'sillage.acte',
  reserve: (l) => `exists (select from sillage.accompagnement r join sillage.jeune j
    on j.departement_id = r.departement_id and j.id = r.jeune_id
    where r.departement_id = ${l.colonne('departement_id')} and r.id = ${l.colonne('accompagnement_id')} and j.reserve)`,
  champs: {
    nature: colonne(() => NatureActeEnum, 'nature'),
    date: jour(() => DateCivileScalaire, 'date'),
    dureeMinutes: colonne(() => Int, 'duree_minutes', { nullable: true }),
    lieu: chiffre(() => String, 'lieu', { nominatif: true }),
    aDomicile: colonne(() => Boolean, 'a_domicile'),
    exterieur: colonne(() => Boolean, 'exterieur', {
      description: 'Hors des locaux de la structure (« aller vers »).',
    }),
    collectif: colonne(() => Boolean, 'collectif'),
    partenaire: colonne(() => String, 'partenaire', { nullable: true }),
    commentaire: chiffre(() => String, 'commentaire', { nominatif: true }),
  },
};

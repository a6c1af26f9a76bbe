import type { RegistreDispositifs, TablePersonnelle } from '@sillage/dispositif-kit';

/** A former or present value of a text of the person, once the person is erased. */
const VIDE = 'null';

/** What the core holds on a young person. `jeune` comes first, and stays: statistics count it. */
const TABLES_DU_CORE: readonly TablePersonnelle[] = [
  {
    table: 'sillage.jeune',
    libelle: 'Dossier',
    lien: { colonne: 'id', vers: 'jeune' },
    colonnes: {
      numero: 'Numéro',
      date_naissance: 'Date de naissance',
      commune_code: 'Commune (code INSEE)',
      cree_le: 'Créé le',
      modifie_le: 'Modifié le',
      limite_le: 'Traitement limité depuis',
      limite_motif: 'Motif de la limitation',
      archive_le: 'Archivé le',
    },
    chiffrees: ['limite_motif'],
    // The year is what statistics ask.
    effacement: {
      remplacer: {
        date_naissance: `date_trunc('year', date_naissance)::date`,
        commune_code: VIDE,
        limite_motif: VIDE,
      },
    },
  },
  {
    table: 'sillage.identite',
    libelle: 'Identité',
    lien: { colonne: 'jeune_id', vers: 'jeune' },
    colonnes: { prenom: 'Prénom', nom: 'Nom' },
    effacement: 'SUPPRIMER',
  },
  {
    table: 'sillage.jeune_coordonnees',
    libelle: 'Coordonnées',
    lien: { colonne: 'id', vers: 'jeune' },
    colonnes: {
      telephone: 'Téléphone',
      courriel: 'Courriel',
      adresse: 'Adresse',
      representants: 'Représentants légaux',
      modifie_le: 'Modifiées le',
    },
    chiffrees: ['telephone', 'courriel', 'adresse', 'representants'],
    effacement: 'SUPPRIMER',
  },
  {
    table: 'sillage.jeune_rectification',
    libelle: 'Rectifications',
    lien: { colonne: 'jeune_id', vers: 'jeune' },
    colonnes: { le: 'Le', champ: 'Champ', ancienne: 'Ancienne valeur', motif: 'Motif' },
    chiffrees: ['ancienne', 'motif'],
    effacement: 'SUPPRIMER',
  },
  {
    table: 'sillage.jeune_statut',
    libelle: 'Situations',
    lien: { colonne: 'jeune_id', vers: 'jeune' },
    colonnes: { statut: 'Situation', valeur: 'Valeur', du: 'Du', au: 'Au', verifie_le: 'Vérifiée le' },
    effacement: 'CONSERVER',
  },
  {
    table: 'sillage.accompagnement',
    libelle: 'Accompagnements',
    lien: { colonne: 'jeune_id', vers: 'jeune' },
    colonnes: { numero: 'Numéro', dispositif: 'Dispositif', etat: 'État', du: 'Du', au: 'Au', champs: 'Détail' },
    effacement: { remplacer: { champs: `'{}'` } },
  },
  {
    table: 'sillage.acte',
    libelle: 'Ce qui a été fait',
    lien: { colonne: 'accompagnement_id', vers: 'accompagnement' },
    colonnes: {
      date: 'Date',
      nature: 'Nature',
      duree_minutes: 'Durée (minutes)',
      partenaire: 'Partenaire',
      lieu: 'Lieu',
      commentaire: 'Commentaire',
    },
    chiffrees: ['lieu', 'commentaire'],
    effacement: { remplacer: { partenaire: VIDE, lieu: VIDE, commentaire: VIDE } },
  },
  {
    table: 'sillage.conservation_proposition',
    libelle: 'Conservation',
    lien: { colonne: 'jeune_id', vers: 'jeune' },
    colonnes: {
      nature: 'Proposé',
      dernier_contact: 'Dernier contact',
      echeance: 'Échéance',
      etat: 'Suite donnée',
      motif: 'Motif',
    },
    chiffrees: ['motif'],
    effacement: { remplacer: { motif: VIDE } },
  },
  {
    table: 'sillage.jeune_consulte',
    libelle: 'Consultations de votre dossier',
    lien: { colonne: 'jeune_id', vers: 'jeune' },
    colonnes: { jour: 'Jour', acteur_id: 'Agent (identifiant)' },
    // Who read what is kept for as long as the journal of readings is.
    effacement: 'CONSERVER',
  },
];

/** What the core and the dispositifs hold on a young person. */
export function tablesPersonnelles(registre: Pick<RegistreDispositifs, 'tous'>): readonly TablePersonnelle[] {
  return [...TABLES_DU_CORE, ...registre.tous.flatMap(({ donneesPersonnelles = [] }) => donneesPersonnelles)];
}

/** The rows of a table that are one person's, `$1` being the département and `$2` the person. */
export function lignesDeLaPersonne({ lien: { colonne, vers } }: TablePersonnelle): string {
  const ceux =
    vers === 'jeune'
      ? '= $2'
      : 'in (select id from sillage.accompagnement where departement_id = $1 and jeune_id = $2)';
  return `departement_id = $1 and ${colonne} ${ceux}`;
}

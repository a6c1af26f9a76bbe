import { Socle1763800000001 } from './1763800000001-socle.js';
import { TerritoiresStructures1763800000002 } from './1763800000002-territoires-structures.js';
import { Habilitations1763800000003 } from './1763800000003-habilitations.js';
import { Dispositifs1763800000004 } from './1763800000004-dispositifs.js';
import { Dossiers1763800000005 } from './1763800000005-dossiers.js';
import { Accompagnements1763800000006 } from './1763800000006-accompagnements.js';
import { Comptabilite1763800000007 } from './1763800000007-comptabilite.js';
import { ServiceFait1763800000008 } from './1763800000008-service-fait.js';
import { Bordereaux1763800000009 } from './1763800000009-bordereaux.js';
import { Taches1763800000010 } from './1763800000010-taches.js';
import { Avenants1763800000011 } from './1763800000011-avenants.js';
import { VirementsRevenus1763800000012 } from './1763800000012-virements-revenus.js';
import { JournalEnchaine1763800000013 } from './1763800000013-journal-enchaine.js';
import { Identite1763800000014 } from './1763800000014-identite.js';
import { Cles1763800000015 } from './1763800000015-cles.js';
import { Lectures1763800000016 } from './1763800000016-lectures.js';
import { Debit1763800000017 } from './1763800000017-debit.js';
import { TachesArretees1763800000018 } from './1763800000018-taches-arretees.js';
import { NotesChiffrees1763800000019 } from './1763800000019-notes-chiffrees.js';
import { RolesDesJobsEtDesStatistiques1763800000020 } from './1763800000020-roles-des-jobs-et-des-statistiques.js';
import { Personnes1763800000021 } from './1763800000021-personnes.js';
import { DureeDesLectures1763800000022 } from './1763800000022-duree-des-lectures.js';
import { ParametresEnTexte1763800000023 } from './1763800000023-parametres-en-texte.js';
import { CandidaturesConventionnees1763800000024 } from './1763800000024-candidatures-conventionnees.js';
import { Suivis1763800000025 } from './1763800000025-suivis.js';
import { Pieces1763800000026 } from './1763800000026-pieces.js';
import { VieDesAppels1763800000027 } from './1763800000027-vie-des-appels.js';
import { Cotations1763800000028 } from './1763800000028-cotations.js';
import { FinsDeConvention1763800000029 } from './1763800000029-fins-de-convention.js';
import { ComplementsRetires1763800000031 } from './1763800000031-complements-retires.js';

/** The core's tables, in order. A plugin brings its own list, for its own schema. */
export const migrationsSocle = [
  Socle1763800000001,
  TerritoiresStructures1763800000002,
  Habilitations1763800000003,
  Dispositifs1763800000004,
  Dossiers1763800000005,
  Accompagnements1763800000006,
  Comptabilite1763800000007,
  ServiceFait1763800000008,
  Bordereaux1763800000009,
  Taches1763800000010,
  Avenants1763800000011,
  VirementsRevenus1763800000012,
  JournalEnchaine1763800000013,
  Identite1763800000014,
  Cles1763800000015,
  Lectures1763800000016,
  Debit1763800000017,
  TachesArretees1763800000018,
  NotesChiffrees1763800000019,
  RolesDesJobsEtDesStatistiques1763800000020,
  Personnes1763800000021,
  DureeDesLectures1763800000022,
  ParametresEnTexte1763800000023,
  CandidaturesConventionnees1763800000024,
  Suivis1763800000025,
  Pieces1763800000026,
  VieDesAppels1763800000027,
  Cotations1763800000028,
  FinsDeConvention1763800000029,
  ComplementsRetires1763800000031,
];

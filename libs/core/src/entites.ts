import {
  Candidature,
  CandidatureAvis,
  CandidatureComplement,
  CandidatureDecision,
  CandidatureMessage,
  CandidatureTerritoire,
} from './candidatures/index.js';
import {
  Avenant,
  AvenantSignature,
  Convention,
  ConventionFin,
  ConventionSignature,
  ConventionTerritoire,
} from './conventions/index.js';
import { Bilan } from './bilans/index.js';
import { Cotation, CotationItem } from './cotations/index.js';
import { Bordereau, BordereauLigne, BordereauRetour } from './bordereaux/index.js';
import { EcritureComptable, Enveloppe, Solde } from './comptabilite/index.js';
import { Piece, PieceTicket } from './pieces/piece.entity.js';
import { ActivationEntity } from './activations/index.js';
import { AppelEntity, AppelTerritoireEntity } from './appels/index.js';
import { Tache, TacheEcart, TacheRefus } from './recalculs/index.js';
import { CandidatureImportee, Importation, ImportationLigne } from './importations/index.js';
import { SurchargeEntity } from './parametres/index.js';
import { ServiceDepartement, Structure, StructureTerritoire } from './structures/index.js';
import { Suivi } from './suivis/index.js';
import { CommuneTerritoire, Territoire, TerritoireAlias } from './territoires/index.js';
import { Versement, VersementEtape } from './versements/index.js';

/** The core's tables, for the data source. */
export const entitesCore = [
  Territoire,
  TerritoireAlias,
  CommuneTerritoire,
  Structure,
  StructureTerritoire,
  ServiceDepartement,
  ActivationEntity,
  AppelEntity,
  AppelTerritoireEntity,
  SurchargeEntity,
  Candidature,
  CandidatureTerritoire,
  CandidatureAvis,
  CandidatureComplement,
  CandidatureDecision,
  CandidatureMessage,
  CandidatureImportee,
  Importation,
  ImportationLigne,
  Convention,
  ConventionTerritoire,
  ConventionFin,
  ConventionSignature,
  Avenant,
  AvenantSignature,
  Versement,
  VersementEtape,
  Enveloppe,
  EcritureComptable,
  Solde,
  Bilan,
  Cotation,
  CotationItem,
  Suivi,
  Bordereau,
  BordereauLigne,
  BordereauRetour,
  Tache,
  TacheEcart,
  TacheRefus,
  Piece,
  PieceTicket,
];

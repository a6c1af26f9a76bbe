export { Candidature, CandidatureAvis, CandidatureDecision, CandidatureTerritoire } from './candidature.entity.js';
export { type DossierCandidature, DossiersCandidature } from './candidature.dossier.js';
export { CandidatureService } from './candidature.service.js';
export { CandidaturesModule } from './candidatures.module.js';
export { type AEcrire, MessagesCandidature } from './messages-candidature.js';
export { CandidatureMessage } from './message.entity.js';
export { CandidatureComplement } from './complement.entity.js';

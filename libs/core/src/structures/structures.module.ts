import { Module } from '@nestjs/common';
import { TerritoiresModule } from '../territoires/index.js';
import { ServiceResolver } from './service.resolver.js';
import { ServiceDepartementService } from './service.service.js';
import { StructureResolver } from './structure.resolver.js';
import { StructureService } from './structure.service.js';

/** Organisations, and the département's own offices. */
@Module({
  imports: [TerritoiresModule],
  providers: [StructureService, ServiceDepartementService, StructureResolver, ServiceResolver],
  exports: [StructureService],
})
export class StructuresModule {}

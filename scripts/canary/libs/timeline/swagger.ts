// swagger-is-for-the-document
import '@nestjs/swagger';
export const swagger = 'Swagger';

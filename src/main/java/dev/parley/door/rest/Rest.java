package dev.parley.door.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/// The REST door: administration and access tokens under `/api/v1`, described at `/openapi`.
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
    info =
        @Info(
            title = "Parley",
            version = "1",
            description =
                "Callers are accounts (cookie of POST /session) or applications (Authorization:"
                    + " Bearer access token). Errors are {\"code\",\"message\"}."))
public class Rest extends Application {}

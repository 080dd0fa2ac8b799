"""Why a result is listed."""

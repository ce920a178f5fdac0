package io.tributary.customer;

/**
 * One document of the definitions status topic; the newest of a key holds.
 *
 * <ul>
 *   <li>{@code request/<record key>}: what became of the last record with this key
 *   <li>{@code definition/<id@version>}: a version that is or was in force
 *   <li>{@code sweep/<subtask>}: how far quiet customers have caught up
 * </ul>
 *
 * @param json a JSON object with {@code type}, {@code status} and {@code at} (ISO time)
 */
public record DefinitionsStatus(String key, String json) {}
